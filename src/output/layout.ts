import picocolors from "picocolors";
import { columns as columnsOf, padEnd as padded, broken as wrapped } from "../drawing/lines.ts";
import { visible } from "../model/visible.ts";

export { broken as wrapped, padEnd as padded } from "../drawing/lines.ts";

/** How a text is to look where it is shown. */
export interface Style {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

export type Paint = ReturnType<typeof picocolors.createColors>;

export function paintOf({ color }: Style): Paint {
  return picocolors.createColors(color);
}

/** Columns of the labels at the left edge: "RULED OUT ". */
export const GUTTER = 10;

/** Columns that the text takes once nothing in it commands the terminal. */
export function columns(text: string): number {
  return columnsOf(visible(text));
}

/** Lines under a label: the label before the first one, blanks before the others. Nothing without lines. */
export function section(label: string, lines: readonly string[], paint: Paint): string[] {
  return lines.map((line, index) => {
    const left = index === 0 ? paint.bold(label) + " ".repeat(Math.max(1, GUTTER - label.length)) : " ".repeat(GUTTER);
    return (left + line).trimEnd();
  });
}

/** One line of a table: what, the reason beside it, and a mark at the right edge. */
export interface Row {
  readonly what: string;
  readonly why: string;
  readonly mark: string;
}

/** The widest first column; longer entries wrap, so that the reasons keep room. */
const WIDEST = 34;
/** Room for the mark at the right edge, "[12]", with the space before it. */
const MARK = 6;

/** How wide the first column of all these rows is. */
export function firstColumn(rows: readonly Row[], width: number): number {
  return Math.min(WIDEST, Math.floor(width * 0.4), Math.max(0, ...rows.map(({ what }) => columns(what))));
}

/** Rows as aligned columns within `width`, each wrapped in its own column; `first` is the width of the first. */
export function table(rows: readonly Row[], width: number, first: number, paint: Paint): string[] {
  return rows.flatMap(({ what, why, mark }) => {
    const left = wrapped(what, first);
    const right = wrapped(why, width - first - 2 - MARK);
    const lines = Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
      `${padded(left[index] ?? "", first)}  ${right[index] ?? ""}`.trimEnd(),
    );
    return marked(lines, width, mark, paint);
  });
}

/** Text within `width`, with a mark at the right edge of its first line. */
export function markedText(text: string, width: number, mark: string, paint: Paint): string[] {
  return marked(wrapped(text, width - MARK), width, mark, paint);
}

function marked(lines: readonly string[], width: number, mark: string, paint: Paint): string[] {
  const [first = "", ...rest] = lines;
  if (mark === "") return [first, ...rest];
  return [padded(first, width - mark.length) + paint.dim(mark), ...rest];
}

/** Parts of a page, with an empty line between them; a part without lines is left out. */
export function page(parts: readonly (readonly string[])[]): string {
  const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}
