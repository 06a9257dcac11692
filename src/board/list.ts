import { columns, cut, EMPTY, filled, type Line, type Span, span, type Tone, widthOf } from "../drawing/lines.ts";
import { SIGN } from "../drawing/signs.ts";
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

/** The part of the list around the chosen row, in exactly `height` lines of `width` columns. */
export function listLines(
  rows: readonly Row[],
  chosen: string | undefined,
  { anchor, width, height, reasons }: { anchor: number; width: number; height: number; reasons: boolean },
): Line[] {
  const entries = entriesOf(rows);
  const top = topOf(rows, chosen, anchor, height);
  const title = titleWidth(rows, width, reasons);
  const lines = entries.slice(top, top + height).map(({ row, heading, count }) => {
    if (row) return rowLine(row, row.id === chosen, width, title, reasons);
    return heading === "" ? EMPTY : [span(` ${heading}`, "strong"), span(`  ${count}`, "dim")];
  });
  if (rows.length === 0) lines.push([span(" nothing matches", "dim")]);
  while (lines.length < height) lines.push(EMPTY);
  return withSigns(lines, top > 0, top + height < entries.length, width);
}

/** Titles of the hypotheses and of other rows with a reason share one column. */
function titleWidth(rows: readonly Row[], width: number, reasons: boolean): number {
  if (!reasons) return width;
  const longest = Math.max(0, ...rows.filter(({ why }) => why !== "").map(({ title }) => columns(title)));
  return Math.min(WIDEST_TITLE, Math.floor(width * 0.42), longest);
}

function rowLine(row: Row, chosen: boolean, width: number, title: number, reasons: boolean): Line {
  // Beside a detail, which names it, the number would take the room of the title.
  const reference = row.reference === "" || !reasons ? [] : [span(` ${row.reference}`, "dim")];
  const room = width - 5 - widthOf(reference);
  const text: Span[] =
    !reasons || row.why === ""
      ? [span(cut(row.title, room), row.tone)]
      : [
          ...filled([span(row.title, row.tone)], Math.min(title, room)),
          span("  "),
          span(cut(row.why, room - title - 2), row.why.startsWith(SIGN.byYou) ? "accent" : "plain"),
        ];
  const left = [span(chosen ? `${SIGN.chosen} ` : "  "), row.mark, span(" "), ...text];
  const whole = [...filled(left, width - 1 - widthOf(reference)), ...reference];
  return chosen ? inverted(whole, width) : whole;
}

/** The chosen row is a bar over the whole width, and has its sign for terminals without inverse. */
function inverted(spans: Line, width: number): Line {
  return filled(spans, width).map(({ text, tone }) => ({ text, tone: chosenTone(tone) }));
}

function chosenTone(tone: Tone): Tone {
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
