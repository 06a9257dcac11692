import stringWidth from "fast-string-width";
import { visible } from "../model/visible.ts";

/** How a piece of text is meant; the theme says how that looks. */
export type Tone =
  | "plain"
  | "strong"
  | "dim"
  | "good"
  | "bad"
  | "warn"
  | "accent"
  | "hit"
  | "chosen"
  | "chosenStrong"
  | "chosenHit";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
  /** Where the text leads, on terminals that know hyperlinks: an address in which everything is percent-encoded. */
  readonly href?: string;
}

/** One line of a page or of the board: everything that a terminal shows is made of these before it is painted. */
export type Line = readonly Span[];

export const EMPTY: Line = [];

export function span(text: string, tone: Tone = "plain"): Span {
  return { text, tone };
}

export function line(text: string, tone: Tone = "plain"): Line {
  return text === "" ? EMPTY : [{ text, tone }];
}

/**
 * Characters of one column each: ASCII, Latin, dashes and quotes, arrows, lines, blocks, the board's own signs. Nearly
 * every text is made of these, and measuring it exactly is a hundred times slower than asking for its length.
 */
const NARROW =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/** Columns that the text takes. */
export function columns(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

export function widthOf(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + columns(text), 0);
}

export function textOf(spans: Line): string {
  return spans.map(({ text }) => text).join("");
}

/** The text in at most this many columns; what had to go is an ellipsis at its end. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  return width <= 0 ? "" : `${head(text, width - 1).trimEnd()}…`;
}

/** As `cut`, but the end stays: in names of pods and target groups the ends tell them apart. */
export function cutMiddle(text: string, width: number): string {
  if (columns(text) <= width) return text;
  if (width <= 2) return cut(text, width);
  const left = Math.ceil((width - 1) / 2);
  const characters = [...text];
  return `${head(text, left)}…${characters.slice(characters.length - (width - 1 - left)).join("")}`;
}

/** The longest beginning that fits. */
function head(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const character of text) {
    const size = columns(character);
    if (used + size > width) break;
    taken += character;
    used += size;
  }
  return taken;
}

/** The line in exactly this many columns: cut, or filled up with blanks in the tone of its end. */
export function filled(spans: Line, width: number, filling: Tone = "plain"): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const { text, tone } of spans) {
    const size = columns(text);
    if (size > left) {
      const part = cut(text, left);
      fitted.push({ text: part, tone });
      left -= columns(part);
      break;
    }
    fitted.push({ text, tone });
    left -= size;
  }
  if (left > 0) fitted.push({ text: " ".repeat(left), tone: filling });
  return fitted;
}

/** Two texts at both ends of a line; the left one gives way. */
export function apart(left: Line, right: Line, width: number): Line {
  const room = Math.max(0, width - widthOf(right));
  return [...filled(left, room), ...right];
}

/** A figure and its unit belong on one line. */
const UNIT = /(?<=\d) (?=(?:s|ms|min|h|%|×|MB|GiB|cores?|days?|UTC)(?![\p{L}\d]))/gu;
const UNBROKEN = "\u00a0";

/** The text broken at blanks into pieces of at most this many columns. Nothing in it can command the terminal any more. */
export function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  let one = "";
  for (const word of visible(text)
    .replace(UNIT, UNBROKEN)
    .split(/[ \t\n]+/)) {
    for (const piece of pieces(word, width)) {
      if (one === "") one = piece;
      else if (columns(one) + 1 + columns(piece) <= width) one += ` ${piece}`;
      else {
        lines.push(one);
        one = piece;
      }
    }
  }
  return [...lines, one].map((text) => text.replaceAll(UNBROKEN, " "));
}

/** The word, cut where it is wider than a whole line. */
function pieces(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const list: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && columns(piece + character) > width) {
      list.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...list, piece];
}

/** The text broken at blanks into lines of at most this many columns, each after an indentation. */
export function wrapped(text: string, width: number, tone: Tone = "plain", indent = ""): Line[] {
  return broken(text, Math.max(1, width - columns(indent))).map((part) =>
    part === "" ? EMPTY : indent === "" ? line(part, tone) : [span(indent), span(part, tone)],
  );
}

/** A label before the first line of a text, and its width of blanks before the others. */
export function labelled(label: Span, text: string, width: number, tone: Tone = "plain"): Line[] {
  const gutter = columns(label.text);
  return wrapped(text, width - gutter, tone).map((one, index) => [
    index === 0 ? label : span(" ".repeat(gutter)),
    ...one,
  ]);
}

/** The heading of a part. */
export function heading(text: string, aside = ""): Line {
  return aside === "" ? line(text, "strong") : [span(text, "strong"), span(`  ${aside}`, "dim")];
}

/** Parts with a blank line between each two; those without a line are left out. */
export function parts(...list: readonly (readonly Line[])[]): Line[] {
  return list.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [EMPTY, ...part]));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columns(text))) + text;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** The texts filled up to the widest of them. */
export function toWidest(texts: readonly string[]): string[] {
  const widest = Math.max(0, ...texts.map(columns));
  return texts.map((text) => padEnd(text, widest));
}
