import type { Finding, Measure } from "../../src/model/finding.ts";
import { duration, percent, plain, seconds, times } from "../../src/model/words.ts";

/** A figure in a sentence, with its unit: "33 times", "0.42 s", "9". Digits within names and versions are none. */
const FIGURE = /(?<![\w.-])\d+(?:,\d{3})*(?:\.\d+)?(?: h \d+ min| times| %| s| ms| min| h| days)?(?![\w-]|\.\d)/g;

/** The figures of a sentence. Ranges give both of their ends. */
export function figuresIn(text: string): string[] {
  return text.replaceAll(/[–→×]/g, " ").match(FIGURE) ?? [];
}

function shownAs(value: Measure): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => shownAs(one));
  if (typeof value === "string") return figuresIn(value);
  if (typeof value !== "number") return [];
  return [value, -value].flatMap((one) => [
    plain(one),
    String(one),
    String(Math.round(one)),
    percent(one),
    seconds(one),
    seconds(one).replace(/ s$/, ""),
    times(one),
    duration(one),
    `${plain(one * 1000)} ms`,
  ]);
}

/** Every way in which a finding's statement and measures show a figure. */
export function figuresOf({ statement, measures }: Pick<Finding, "statement" | "measures">): Set<string> {
  return new Set([...figuresIn(statement), ...Object.values(measures).flatMap(shownAs)]);
}
