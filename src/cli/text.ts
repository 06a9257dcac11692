import picocolors from "picocolors";
import wrapAnsi from "wrap-ansi";

/** The text as lines of at most so many columns. */
export function brokenLines(text: string, width: number): string[] {
  return wrapAnsi(text, width, { hard: true }).split("\n");
}

/** Colours, or none. */
export function paintOf({ color }: { readonly color: boolean }) {
  return picocolors.createColors(color);
}

export type Paint = ReturnType<typeof paintOf>;
