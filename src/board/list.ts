import { columns, cut, EMPTY, filled, type Line, type Span, span, type Tone, widthOf } from "../drawing/lines.ts";
import { SIGN } from "../drawing/signs.ts";
import { highlighted } from "./hits.ts";
import type { Row } from "./rows.ts";

/** The widest first column; longer titles are cut, so that the reasons keep room. */
const WIDEST_TITLE = 34;

/** One line of the list: a row, a heading, or the blank before it. */
interface Entry {
  readonly row: Row | null;
  readonly heading: string;
  readonly count: number;
}

/** The rows with their headings, as they stand under each other. */
function entriesOf(rows: readonly Row[]): Entry[] {
  const entries: Entry[] = [];
  let section = "";
  for (const row of rows) {
    if (row.section !== section) {
      section = row.section;
      const count = rows.filter((one) => one.section === section).length;
      if (entries.length > 0) entries.push({ row: null, heading: "", count: 0 });
      entries.push({ row: null, heading: section, count });
    }
    entries.push({ row, heading: "", count: 0 });
  }
  return entries;
}

/** At which line of the whole list a row stands. */
export function placeOf(rows: readonly Row[], id: string | undefined): number {
  return Math.max(
    0,
    entriesOf(rows).findIndex(({ row }) => row?.id === id),
  );
}

/** The first line shown, so that the chosen row stands at its anchor, as far as the list's ends allow. */
export function topOf(rows: readonly Row[], id: string | undefined, anchor: number, height: number): number {
  const length = entriesOf(rows).length;
  const place = placeOf(rows, id);
  const wanted = place - Math.min(Math.max(0, anchor), height - 1);
  return Math.max(0, Math.min(wanted, length - height));
}

/** The row that stands at a line of the part shown; undefined where none does. */
export function rowAt(
  rows: readonly Row[],
  chosen: string | undefined,
  { anchor, height }: Pick<Window, "anchor" | "height">,
  line: number,
): Row | undefined {
  return entriesOf(rows)[topOf(rows, chosen, anchor, height) + line]?.row ?? undefined;
}

/** How much of the list is shown, and how. */
interface Window {
  readonly anchor: number;
  readonly width: number;
  readonly height: number;
  /** Whether the reasons stand beside the titles. */
  readonly reasons: boolean;
  /** Words that are searched for. */
  readonly query: string;
}

/** The part of the list around the chosen row, in exactly `height` lines of `width` columns. */
export function listLines(
  rows: readonly Row[],
  chosen: string | undefined,
  { anchor, width, height, reasons, query }: Window,
): Line[] {
  const entries = entriesOf(rows);
  const top = topOf(rows, chosen, anchor, height);
  const title = titleWidth(rows, width, reasons);
  const lines = entries.slice(top, top + height).map(({ row, heading, count }) => {
    if (row) return shownRow(rowLine(row, row.id === chosen, width, title, reasons), row.id === chosen, query, width);
    return heading === "" ? EMPTY : [span(` ${heading}`, "strong"), span(`  ${count}`, "dim")];
  });
  if (rows.length === 0) lines.push([span(" nothing matches", "dim")]);
  while (lines.length < height) lines.push(EMPTY);
  return withSigns(lines, top > 0, top + height < entries.length, width);
}

/** Titles of the hypotheses and of other rows with a reason share one column. */
function titleWidth(rows: readonly Row[], width: number, reasons: boolean): number {
  if (!reasons) return width;
  const longest = Math.max(
    0,
    ...rows.filter(({ why, said }) => why !== "" || said !== "").map(({ title }) => columns(title)),
  );
  return Math.min(WIDEST_TITLE, Math.floor(width * 0.42), longest);
}

function rowLine(row: Row, chosen: boolean, width: number, title: number, reasons: boolean): Line {
  // Beside a detail, which names it, the number would take the room of the title.
  const reference = row.reference === "" || !reasons ? [] : [span(` ${row.reference}`, "dim")];
  const room = width - 5 - widthOf(reference);
  const text: Span[] =
    !reasons || (row.why === "" && row.said === "")
      ? [span(cut(row.title, room), row.tone)]
      : [...filled([span(row.title, row.tone)], Math.min(title, room)), span("  "), ...whyOf(row, room - title - 2)];
  const left = [span(chosen ? `${SIGN.chosen} ` : "  "), row.mark, span(" "), ...text];
  return [...filled(left, width - 1 - widthOf(reference)), ...reference];
}

/** Less of a reason than this says nothing. */
const LEAST_WHY = 10;

/** What the person said, and behind it lbdoctor's own reason in what room is left; the detail has both in full. */
function whyOf({ said, why }: Row, room: number): Span[] {
  if (said === "") return [span(cut(why, room))];
  const rest = columns(said) <= room ? room - columns(said) : Math.floor(room * 0.4);
  if (why === "" || rest - 3 < LEAST_WHY) return [span(cut(said, room), "accent")];
  const own = cut(said, room - rest);
  return [span(own, "accent"), span(cut(` · ${why}`, room - columns(own)))];
}

function shownRow(line: Line, chosen: boolean, query: string, width: number): Line {
  const [marked = line] = highlighted([line], query);
  return chosen ? inverted(marked, width) : marked;
}

/** The chosen row is a bar over the whole width, and has its sign for terminals without inverse. */
function inverted(spans: Line, width: number): Line {
  return filled(spans, width).map(({ text, tone }) => ({ text, tone: chosenTone(tone) }));
}

function chosenTone(tone: Tone): Tone {
  if (tone === "hit") return "chosenHit";
  return tone === "strong" || tone === "good" ? "chosenStrong" : "chosen";
}

/** Signs at the right edge where there is more above or below. */
function withSigns(lines: Line[], above: boolean, below: boolean, width: number): Line[] {
  const last = lines.length - 1;
  return lines.map((one, index) => {
    const sign = index === 0 && above ? SIGN.up : index === last && below ? SIGN.more : "";
    return sign === "" ? one : [...filled(one, width - 1), span(sign, "dim")];
  });
}
