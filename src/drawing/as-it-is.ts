import wrapAnsi from "wrap-ansi";
import { visible } from "../model/visible.ts";
import { type Line, line, type Tone } from "./lines.ts";

/** A text that is laid out already, like a patch: its lines as they are, and broken hard only where they do not fit. */
export function asItIs(text: string, width: number, toneOf: (line: string) => Tone): Line[] {
  return visible(text)
    .split("\n")
    .flatMap((one) =>
      wrapAnsi(one, Math.max(1, width), { hard: true, trim: false, wordWrap: false })
        .split("\n")
        .map((part) => line(part, toneOf(one))),
    );
}
