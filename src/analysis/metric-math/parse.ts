/**
 * An expression of metric math as a tree. Syntax: CloudWatch User Guide, "Using math expressions with CloudWatch
 * metrics": numbers, ids of other queries, strings, lists in brackets, functions, arithmetic, comparisons, AND and OR.
 * The precedence is the usual one of programming languages, which the guide does not spell out.
 */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "minus"; readonly of: Expression }
  | { readonly kind: "pair"; readonly sign: Sign; readonly left: Expression; readonly right: Expression };

export type Sign = "+" | "-" | "*" | "/" | "^" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "AND" | "OR";

/** What is told where an expression cannot be read: one sentence without a full stop. */
export class Unreadable extends Error {}

/** An expression has at most 2,048 characters (MetricDataQuery, API reference). */
const LONGEST = 2_048;
/** Parentheses inside each other: more than anybody writes, fewer than the stack holds. */
const DEEPEST = 100;

/** Signs that bind alike, from the loosest to the closest. */
const LEVELS: readonly (readonly Sign[])[] = [
  ["OR"],
  ["AND"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
];

/** Reads an expression. Throws an Unreadable that says where it stops being one. */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST) throw new Unreadable(`it is longer than ${LONGEST} characters`);
  return new Reader(text).whole();
}

interface Token {
  readonly kind: "number" | "text" | "word" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    const found = this.#level(0, 0);
    if (this.#here.kind !== "end") throw this.#unexpected();
    return found;
  }

  get #here(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "", at: 0 };
  }

  #level(index: number, depth: number): Expression {
    if (depth > DEEPEST) throw new Unreadable("it is nested too deeply");
    const signs = LEVELS[index];
    if (!signs) return this.#unary(depth);
    let left = this.#level(index + 1, depth);
    for (let sign = this.#sign(signs); sign; sign = this.#sign(signs))
      left = { kind: "pair", sign, left, right: this.#level(index + 1, depth) };
    return left;
  }

  #unary(depth: number): Expression {
    if (depth > DEEPEST) throw new Unreadable("it is nested too deeply");
    if (this.#sign(["-"])) return { kind: "minus", of: this.#unary(depth + 1) };
    const base = this.#single(depth);
    return this.#sign(["^"]) ? { kind: "pair", sign: "^", left: base, right: this.#unary(depth + 1) } : base;
  }

  #single(depth: number): Expression {
    const token = this.#here;
    if (token.kind === "end" || (token.kind === "sign" && token.text !== "(" && token.text !== "["))
      throw this.#unexpected();
    this.#next += 1;
    if (token.kind === "number") return { kind: "number", value: Number(token.text) };
    if (token.kind === "text") return { kind: "text", value: token.text };
    if (token.text === "[") return { kind: "list", items: this.#items("]", depth) };
    if (token.text === "(") {
      const inside = this.#level(0, depth + 1);
      this.#close(")");
      return inside;
    }
    if (!this.#takes("(")) return { kind: "id", id: token.text };
    return { kind: "call", name: token.text.toUpperCase(), args: this.#items(")", depth) };
  }

  #items(end: string, depth: number): Expression[] {
    const items: Expression[] = [];
    if (this.#takes(end)) return items;
    do items.push(this.#level(0, depth + 1));
    while (this.#takes(","));
    this.#close(end);
    return items;
  }

  /** The sign that stands here, if it is one of these. */
  #sign(signs: readonly Sign[]): Sign | null {
    const { kind, text } = this.#here;
    if (kind !== "sign" && kind !== "word") return null;
    const meant = text === "&&" ? "AND" : text === "||" ? "OR" : kind === "word" ? text.toUpperCase() : text;
    const found = signs.find((sign) => sign === meant) ?? null;
    if (found) this.#next += 1;
    return found;
  }

  #takes(text: string): boolean {
    const { kind, text: here } = this.#here;
    if (kind !== "sign" || here !== text) return false;
    this.#next += 1;
    return true;
  }

  #close(text: string): void {
    if (!this.#takes(text)) throw this.#unexpected(text);
  }

  #unexpected(wanted?: string): Unreadable {
    const { kind, text, at } = this.#here;
    const where = kind === "end" ? "it ends too early" : `"${text.slice(0, 40)}" at character ${at} is unexpected`;
    return new Unreadable(wanted === undefined ? where : `${where}: "${wanted}" is missing`);
  }
}

function tokensOf(text: string): Token[] {
  const pattern =
    /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|(["'])(.*?)\2|([A-Za-z]\w*)|(==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/gsuy;
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, number, , quoted, word, sign] = match;
    const found = number ?? quoted ?? word ?? sign ?? "";
    const kind = number !== undefined ? "number" : quoted !== undefined ? "text" : word !== undefined ? "word" : "sign";
    end = match.index + whole.length;
    tokens.push({ kind, text: found, at: end - found.length + 1 });
  }
  const left = text.slice(end).trim();
  if (left !== "") throw new Unreadable(`"${left.slice(0, 40)}" at character ${end + 1} is not metric math`);
  return [...tokens, { kind: "end", text: "", at: text.length + 1 }];
}
