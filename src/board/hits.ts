import { type Line, type Span, textOf } from "../drawing/lines.ts";

/** The words of a search; each has to occur in a row for it to be listed. */
export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The lines with every occurrence of the words in the tone of a hit. */
export function highlighted(lines: readonly Line[], query: string): readonly Line[] {
  const any = anyOf(query);
  return any ? lines.map((one) => one.flatMap((piece) => split(piece, any))) : lines;
}

/** The places in a text of the lines that hold one of the words. */
export function hitsIn(lines: readonly Line[], query: string): number[] {
  const any = anyOf(query);
  return any ? lines.flatMap((one, index) => (textOf(one).search(any) < 0 ? [] : [index])) : [];
}

/** Case aside, as rows are matched; by the text as it is, since other cases of it may be longer. */
function anyOf(query: string): RegExp | null {
  const words = wordsOf(query).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return words.length === 0 ? null : new RegExp(`(${words.join("|")})`, "giu");
}

function split({ text, tone, ...rest }: Span, any: RegExp): Span[] {
  // Every second piece is what the pattern caught.
  const pieces = text
    .split(any)
    .map((piece, index) => ({ ...rest, text: piece, tone: index % 2 ? "hit" : tone }) as Span);
  return pieces.filter((piece) => piece.text !== "");
}
