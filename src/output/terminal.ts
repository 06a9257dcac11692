import {
  broken,
  columns,
  EMPTY,
  type Line,
  labelled,
  line,
  padEnd,
  type Span,
  span,
  type Tone,
} from "../drawing/lines.ts";
import { visible } from "../model/visible.ts";
import type { Inline, Of, Line as Words } from "./postmortem/block.ts";

/*
 * Blocks as lines of a terminal: the page and the board's details are laid out here, and nowhere else.
 */

export interface Room {
  /** Columns. */
  readonly width: number;
  /** The number by which a finding is called, "[7]"; empty where it has none. */
  readonly numberOf: (finding: string) => string;
}

/** The blocks that are told on a terminal; a document has more. */
export type TerminalBlock = Of<"text" | "list" | "table" | "code" | "changes" | "heading">;

export function blockLines(blocks: readonly TerminalBlock[], room: Room): Line[] {
  return blocks.flatMap((block) => linesOf(block, room));
}

function linesOf(block: TerminalBlock, room: Room): Line[] {
  switch (block.kind) {
    case "text":
      return toned(spansOf(block.line, room), room.width);
    case "heading":
      return toned([span(block.text, "strong")], room.width);
    case "list":
      return block.items.flatMap((item) => hanging("· ", toned(spansOf(item, room), room.width - 2)));
    case "table":
      return block.rows.flatMap((row) => rowLines(row, widthOfFirst(block.rows, room), room));
    case "code":
      // Never wrapped: it is there to be copied.
      return visible(block.text)
        .replace(/\n$/, "")
        .split("\n")
        .map((one) => line(one, block.language === "diff" ? diffTone(one) : "plain"));
    case "changes":
      return changesLines(block.changes, room.width);
  }
}

function spansOf(words: Words, { numberOf }: Room): Line {
  return words.map((piece: Inline): Span => {
    if (typeof piece === "string") return span(piece);
    if ("strong" in piece) return span(piece.strong, "strong");
    if ("dim" in piece) return span(piece.dim, "dim");
    return "code" in piece ? span(piece.code) : span(numberOf(piece.finding), "dim");
  });
}

/** The spans broken into lines of at most this many columns; each word keeps its tone. */
export function toned(spans: Line, width: number): Line[] {
  const shown = spans.map(({ text, tone }) => ({ text: visible(text), tone }));
  const tones = shown.flatMap(({ text, tone }) => text.split("").map((unit) => ({ unit, tone })));
  const whole = shown.map(({ text }) => text).join("");
  if (whole.trim() === "") return [];
  let at = 0;
  return broken(whole, Math.max(1, width)).map((text) => {
    const pieces: { text: string; tone: Tone }[] = [];
    for (const unit of text) {
      // What was broken away between two lines are blanks.
      while (at < tones.length && tones[at]?.unit !== unit[0]) at += 1;
      const tone = tones[at]?.tone ?? "plain";
      at += unit.length;
      const last = pieces.at(-1);
      if (last?.tone === tone) last.text += unit;
      else pieces.push({ text: unit, tone });
    }
    return pieces.length === 0 ? EMPTY : pieces;
  });
}

/** The widest first column; longer entries wrap, so that the reasons keep room. */
const WIDEST = 34;
/** Room for the mark at the right edge, "[12]", with the space before it. */
const MARK = 6;
/** With less than this for the last column, what and why stand under each other. */
const NARROW = 30;

type Row = readonly Words[];

/** The number of the deciding finding, where the last cell of a row is references to findings and nothing else. */
function markOf(row: Row, { numberOf }: Room): string | null {
  const last = row.at(-1);
  if (!last?.every((piece) => typeof piece !== "string" && "finding" in piece)) return null;
  const [decisive] = last;
  return decisive === undefined ? "" : numberOf(decisive.finding);
}

function textOf(words: Words, room: Room): string {
  return spansOf(words, room)
    .map(({ text }) => visible(text))
    .join("");
}

function widthOfFirst(rows: readonly Row[], room: Room): number {
  const longest = Math.max(0, ...rows.map(([first = []]) => columns(textOf(first, room))));
  return Math.min(WIDEST, Math.floor(room.width * 0.4), longest);
}

/** One row: what, why beside it (or under it, where there is little room), and the mark at the right edge. */
function rowLines(row: Row, first: number, room: Room): Line[] {
  const mark = markOf(row, room);
  const [what = [], ...rest] = mark === null ? row : row.slice(0, -1);
  const inner = mark === null ? room.width : room.width - MARK;
  const why = rest.flatMap((cell) => spansOf(cell, room));
  const lines =
    why.length === 0
      ? toned(spansOf(what, room), inner)
      : inner - first - 2 < NARROW
        ? [...toned(spansOf(what, room), inner), ...toned(why, inner - 2).map((one): Line => [span("  "), ...one])]
        : beside(toned(spansOf(what, room), first), toned(why, inner - first - 2), first);
  return marked(lines, mark ?? "", room.width);
}

function beside(left: readonly Line[], right: readonly Line[], first: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index): Line => {
    const cell = left[index] ?? EMPTY;
    const gap = first + 2 - columns(cell.map(({ text }) => text).join(""));
    return right[index] ? [...cell, span(" ".repeat(gap)), ...right[index]] : cell;
  });
}

function marked([first = EMPTY, ...rest]: readonly Line[], mark: string, width: number): Line[] {
  if (mark === "") return [first, ...rest];
  const used = columns(first.map(({ text }) => text).join(""));
  return [[...first, span(" ".repeat(Math.max(1, width - mark.length - used))), span(mark, "dim")], ...rest];
}

/** Between two changes that stand beside each other. */
const BETWEEN = 4;

/** The changes of a fix, beside each other where they fit. */
function changesLines(
  changes: readonly { readonly target: string; readonly lines: readonly string[] }[],
  width: number,
) {
  const cells = changes.map(({ target, lines }) => {
    const told = [line(visible(target), "dim"), ...lines.map((one) => line(visible(one), diffTone(one)))];
    return { told, width: Math.max(...told.map((one) => columns(one.map(({ text }) => text).join("")))) };
  });
  const together = cells.reduce((sum, cell) => sum + cell.width + BETWEEN, -BETWEEN);
  if (together > width)
    return cells.flatMap(({ told: [target = EMPTY, ...lines] }): Line[] => [
      ...toned(target, width),
      ...lines.flatMap(([one]) => (one ? signed(one, width) : [])),
    ]);
  const height = Math.max(0, ...cells.map(({ told }) => told.length));
  return Array.from({ length: height }, (_, index): Line => {
    return cells.flatMap(({ told, width: own }, place): Line => {
      const [one] = told[index] ?? EMPTY;
      const text = one?.text ?? "";
      return [span(place === cells.length - 1 ? text : padEnd(text, own + BETWEEN), one?.tone ?? "plain")];
    });
  });
}

/** A line of a diff that is too long: its further lines stand under its text, behind the sign. */
function signed({ text, tone }: Span, width: number): Line[] {
  return labelled(span(text.slice(0, 2), tone), text.slice(2), width, tone);
}

export function diffTone(text: string): Tone {
  if (text.startsWith("+++") || text.startsWith("---")) return "strong";
  if (text.startsWith("+")) return "good";
  if (text.startsWith("-")) return "bad";
  return text.startsWith("@@") ? "dim" : "plain";
}

function hanging(label: string, lines: readonly Line[]): Line[] {
  return lines.map((one, index): Line => [index === 0 ? span(label, "dim") : span("  "), ...one]);
}
