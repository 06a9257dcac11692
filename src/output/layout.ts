import { EMPTY, type Line, span, textOf } from "../drawing/lines.ts";
import { painted } from "../drawing/theme.ts";

/** How a text is to look where it is shown. */
export interface Style {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** Whether pictures may be drawn with more than ASCII; they may where it is not said. */
  readonly unicode?: boolean;
  /** Whether the terminal knows hyperlinks (OSC 8). Off where it is not said. */
  readonly links?: boolean;
}

/** Columns of the labels at the left edge: "RULED OUT ". */
export const GUTTER = 10;

/** Lines beside a label: the label before the first one, blanks before the others. Nothing without lines. */
export function beside(label: string, lines: readonly Line[]): Line[] {
  return lines.map((one, index): Line => {
    const left = index === 0 ? label : "";
    return [span(left, "strong"), span(" ".repeat(Math.max(1, GUTTER - left.length))), ...one];
  });
}

/** Parts of a page as text, with an empty line between them; a part without lines is left out. */
export function page(parts: readonly (readonly Line[])[], style: Style): string {
  const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.map((one) => asText(one, style)));
  return `${texts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function asText(one: Line, { color, links = false }: Style): string {
  const line = trimmed(one);
  return linked(line, links, (spans) => (color ? painted(spans, { color, unicode: true }) : textOf(spans)));
}

/** The line with its hyperlinks, where they are wanted; each span is painted as it is without. */
function linked(one: Line, links: boolean, paint: (spans: Line) => string): string {
  if (!links || one.every(({ href }) => href === undefined)) return paint(one);
  return one
    .map((part) => {
      const text = paint([part]);
      return part.href === undefined ? text : `\u001b]8;;${part.href}\u001b\\${text}\u001b]8;;\u001b\\`;
    })
    .join("");
}

/** Without the blanks at its end. */
function trimmed(one: Line): Line {
  const last = one.at(-1);
  if (!last) return EMPTY;
  const text = last.text.trimEnd();
  return text === "" ? trimmed(one.slice(0, -1)) : [...one.slice(0, -1), { ...last, text }];
}
