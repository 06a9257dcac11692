import { isMap, isScalar, isSeq, type Pair, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { documentsOf, type Manifest, type Parsed } from "./documents.ts";
import { isList, isObject, type Json, type JsonObject, same } from "./json.ts";
import { rewritten } from "./rewritten.ts";
import {
  block,
  columnOf,
  contentEnd,
  inline,
  lineEnd,
  lineStart,
  literal,
  type Manner,
  mannerOf,
  rangeOf,
  startOf,
} from "./text.ts";

/** A piece of the text and what takes its place. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Something in the text that is not changed piece by piece: an alias, a key that is no word. */
class Unfamiliar extends Error {}

/**
 * The file's text with one document meaning `wanted` and every line that does not change as it was. Null where that
 * cannot be written without changing another place, as behind an anchor. What is answered has been read again, and means
 * what it has to.
 */
export function edited({ file, index }: Manifest, wanted: JsonObject): string | null {
  const before = documentsOf(file.text);
  const parsed = typeof before === "string" ? undefined : before[index];
  if (typeof before === "string" || !parsed) return null;
  const means = (text: string) => {
    const after = documentsOf(text);
    if (typeof after === "string" || after.length !== before.length) return false;
    return after.every(({ value }, place) => same(value, place === index ? wanted : before[place]?.value));
  };
  for (const way of [spliced, rewritten]) {
    const text = way(file.text, parsed, wanted);
    if (text !== null && means(text)) return text;
  }
  return null;
}

/** Only what changes is written anew. */
function spliced(text: string, parsed: Parsed, wanted: JsonObject): string | null {
  try {
    // From the end to the beginning; at one place what belongs further in stands first, so it is put in last.
    const splices = new Splicer(text, parsed)
      .of(wanted)
      .reverse()
      .sort((a, b) => b.from - a.from);
    return splices.reduce((all, { from, to, text: piece }) => all.slice(0, from) + piece + all.slice(to), text);
  } catch (error) {
    if (error instanceof Unfamiliar) return null;
    throw error;
  }
}

class Splicer {
  readonly #text: string;
  readonly #parsed: Parsed;
  readonly #manner: Manner;

  constructor(text: string, parsed: Parsed) {
    this.#text = text;
    this.#parsed = parsed;
    this.#manner = mannerOf(text, parsed.document);
  }

  of(wanted: JsonObject): Splice[] {
    const { contents } = this.#parsed.document;
    if (!isMap(contents)) throw new Unfamiliar();
    return this.#map(contents, wanted);
  }

  #map(map: YAMLMap, wanted: JsonObject): Splice[] {
    const now: unknown = map.toJS(this.#parsed.document);
    const pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair]));
    const gone = Object.keys(isObject(now) ? now : {}).filter((key) => !Object.hasOwn(wanted, key));
    const added = Object.entries(wanted).filter(
      ([key, value]) => !pairs.has(key) && !(isObject(now) && same(now[key], value)),
    );
    if (map.flow && (gone.length > 0 || added.length > 0)) return [this.#inPlace(map, wanted)];
    const changed = Object.entries(wanted).flatMap(([key, value]) => {
      const pair = pairs.get(key);
      return pair ? this.#value(pair, value) : [];
    });
    return [...changed, ...gone.map((key) => this.#removal(map, pairs.get(key))), ...this.#addition(map, added)];
  }

  #value(pair: Pair, wanted: Json): Splice[] {
    const { value } = pair;
    if (isMap(value) && isObject(wanted) && value.items.length > 0) return this.#map(value, wanted);
    if (isSeq(value) && isList(wanted) && value.items.length > 0) return this.#list(value, wanted);
    return this.#replaced(value, wanted, columnOf(this.#text, startOf(pair.key)));
  }

  /** Entry by entry; what is more than before follows. */
  #list(list: YAMLSeq, wanted: readonly Json[]): Splice[] {
    if (wanted.length < list.items.length || (list.flow && wanted.length > list.items.length))
      return list.flow ? [this.#inPlace(list, wanted)] : this.#unfamiliar();
    const kept = list.items.flatMap((item, index): Splice[] => {
      const value = wanted[index] ?? null;
      if (isMap(item) && isObject(value)) return this.#map(item, value);
      if (isSeq(item) && isList(value)) return this.#list(item, value);
      return isScalar(item) && !isObject(value) && !isList(value) ? this.#replaced(item, value, 0) : this.#unfamiliar();
    });
    const more = wanted.slice(list.items.length);
    if (more.length === 0) return kept;
    return [...kept, this.#after(list, block(more, columnOf(this.#text, startOf(list)), this.#manner))];
  }

  /** A single value by another; `column` is that of its key. */
  #replaced(node: unknown, wanted: Json, column: number): Splice[] {
    const range = rangeOf(node);
    if (!range) throw new Unfamiliar();
    const [from, to] = range;
    if (isObject(wanted) || isList(wanted)) return [this.#unfolded(node, wanted, column)];
    if (!isScalar(node)) throw new Unfamiliar();
    if (same(node.value, wanted)) return [];
    if (node.type === Scalar.BLOCK_LITERAL && typeof wanted === "string") {
      const text = literal(this.#text.slice(from, to), wanted, this.#manner);
      return text === null ? this.#unfamiliar() : [{ from, to, text }];
    }
    if (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL) throw new Unfamiliar();
    const text = quotedLike(node, wanted);
    return [{ from, to, text: from === to && this.#text[from - 1] === ":" ? ` ${text}` : text }];
  }

  /** "resources: {}" and "resources:" get their first content on lines of their own. */
  #unfolded(node: unknown, wanted: JsonObject | readonly Json[], column: number): Splice {
    const range = rangeOf(node);
    const isEmpty = (isMap(node) || isSeq(node)) && node.items.length === 0;
    if (!range || !(isEmpty || (isScalar(node) && node.value === null))) throw new Unfamiliar();
    const { eol, step, indentSeq } = this.#manner;
    const inner = isList(wanted) && !indentSeq ? column : column + step;
    const blanks = /[ \t]*$/.exec(this.#text.slice(0, range[0]))?.[0].length ?? 0;
    return { from: range[0] - blanks, to: range[1], text: eol + block(wanted, inner, this.#manner) };
  }

  /** Braces and brackets, written anew where they stand. */
  #inPlace(node: YAMLMap | YAMLSeq, wanted: Json): Splice {
    const range = rangeOf(node);
    if (!range || this.#text.slice(range[0], range[1]).includes("\n")) throw new Unfamiliar();
    return { from: range[0], to: range[1], text: inline(wanted) };
  }

  #removal(map: YAMLMap, pair: Pair | undefined): Splice {
    const { key, value } = pair ?? {};
    const from = lineStart(this.#text, startOf(key));
    const alone = this.#text.slice(from, startOf(key)).trim() === "";
    // The last one leaves braces behind, and the first one of a list's entry takes the dash with it.
    if (!pair || !alone || map.items.length === 1) throw new Unfamiliar();
    return { from, to: lineEnd(this.#text, Math.max(contentEnd(key), contentEnd(value))), text: "" };
  }

  /** New keys: before the containers, which are long and would part them from their like, or behind the last key. */
  #addition(map: YAMLMap, added: readonly (readonly [string, Json])[]): Splice[] {
    if (added.length === 0) return [];
    const column = columnOf(this.#text, startOf(map.items[0]?.key));
    const lines = block(Object.fromEntries(added), column, this.#manner);
    const containers = map.items.find(({ key }) => isScalar(key) && key.value === "containers");
    const at = containers ? this.#lineOf(containers) : null;
    return [at === null ? this.#after(map, lines) : { from: at, to: at, text: lines + this.#manner.eol }];
  }

  /** Where the line of a key begins, with the comment above it; null where something else stands on that line. */
  #lineOf({ key }: Pair): number | null {
    let at = lineStart(this.#text, startOf(key));
    if (this.#text.slice(at, startOf(key)).trim() !== "") return null;
    while (at > 0) {
      const above = lineStart(this.#text, at - 1);
      if (!this.#text.slice(above, at).trimStart().startsWith("#")) break;
      at = above;
    }
    return at;
  }

  /** Lines behind the last one of a block. */
  #after(node: YAMLMap | YAMLSeq, lines: string): Splice {
    const { eol } = this.#manner;
    const at = lineEnd(this.#text, contentEnd(node));
    const begins = at === 0 || this.#text[at - 1] === "\n";
    return { from: at, to: at, text: begins ? lines + eol : eol + lines };
  }

  #unfamiliar(): never {
    throw new Unfamiliar();
  }
}

/** The value with the quotes that the old one had. */
function quotedLike({ type }: Scalar, value: Json): string {
  if (typeof value !== "string" || (type !== Scalar.QUOTE_DOUBLE && type !== Scalar.QUOTE_SINGLE)) return inline(value);
  if (type === Scalar.QUOTE_DOUBLE || /[^\u0020-\u007e]/.test(value)) return JSON.stringify(value);
  return `'${value.replaceAll("'", "''")}'`;
}
