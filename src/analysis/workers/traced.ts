import type { WorkerPlace } from "../../model/facts.ts";

/** Something that could set the number of workers and was not read, with how a person would read it. */
export interface Unread {
  readonly what: string;
  /** What to look at: a file in the container, a variable of it, a ConfigMap. Null: the list of processes tells. */
  readonly look: { readonly in: "file" | "variable" | "config map"; readonly name: string } | null;
  /**
   * Nobody in the manifests points to it, as to the environment that the image itself brings. It leaves open what a
   * server does by default, and casts no doubt on a number that somebody wrote.
   */
  readonly weak?: boolean;
}

/** Where a text stands; an offset is added for each of its characters. */
export type Origin =
  | { readonly in: "command"; readonly word: number }
  | { readonly in: "variable"; readonly name: string }
  | { readonly in: "fallback"; readonly name: string }
  | { readonly in: "config map"; readonly name: string; readonly key: string };

/** One character with where it stands; a null character stands for a text that is not known. */
export interface Glyph {
  readonly char: string | null;
  readonly origin: Origin | null;
  readonly offset: number;
  /** Why it is not known; for a known one, what could still make it another. */
  readonly unread: readonly Unread[];
}

/** A text of which each part knows where it comes from: what a command line becomes once it is expanded. */
export type Traced = readonly Glyph[];

export function traced(text: string, origin: Origin | null, unread: readonly Unread[] = []): Traced {
  return text.split("").map((char, offset) => ({ char, origin, offset, unread }));
}

export function untold(unread: readonly Unread[]): Traced {
  return [{ char: null, origin: null, offset: 0, unread }];
}

/** Null where a part is not known. */
export function textOf(text: Traced): string | null {
  return text.some(({ char }) => char === null) ? null : text.map(({ char }) => char).join("");
}

/** The text with a mark for what is not known, to be shown and searched. */
export function shown(text: Traced): string {
  return text.map(({ char }) => char ?? "?").join("");
}

export function unreadOf(text: Traced): readonly Unread[] {
  const all = text.flatMap(({ unread }) => unread);
  return all.filter((one, index) => all.findIndex(({ what }) => what === one.what) === index);
}

/** The place of a text that stands in one piece; null where it is put together from several. */
export function placeOf(text: Traced): WorkerPlace | null {
  const [first] = text;
  if (!first?.origin) return null;
  const { origin, offset: start } = first;
  if (origin.in === "fallback") return text.every((one) => one.origin === origin) ? origin : null;
  const isWhole = text.every((one, index) => one.origin === origin && one.offset === start + index);
  return isWhole ? { ...origin, start, end: start + text.length } : null;
}

export function linesOf(file: Traced): Traced[] {
  const lines: Traced[number][][] = [[]];
  for (const glyph of file) {
    if (glyph.char === "\n") lines.push([]);
    else if (glyph.char !== "\r") lines.at(-1)?.push(glyph);
  }
  return lines;
}

/** Up to a "#" that stands in no quotes; Python and Ruby have the same comments. */
export function withoutComment(line: Traced): Traced {
  let quote: string | null = null;
  const end = line.findIndex(({ char }) => {
    if (char === "#" && quote === null) return true;
    if (char === '"' || char === "'") quote = quote === null ? char : quote === char ? null : quote;
    return false;
  });
  return end === -1 ? line : line.slice(0, end);
}

export function trimmed(text: Traced): Traced {
  const isBlank = ({ char }: Traced[number]) => char !== null && /\s/.test(char);
  const start = text.findIndex((glyph) => !isBlank(glyph));
  return start === -1 ? [] : text.slice(start, text.findLastIndex((glyph) => !isBlank(glyph)) + 1);
}
