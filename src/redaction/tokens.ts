import { Tokeniser } from "./tokeniser.ts";

/** What is masked, by the kind of token that takes its place. */
export const TOKEN_KINDS = ["account", "address", "host", "id", "email", "word"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/**
 * Tokens that take the place of what must not leave the company: the same value always becomes the same token, and a token
 * has the form of what it stands for, so that answers can still be parsed and compared. Each form is reserved for
 * documentation or occurs nowhere else: account 000000000001, 198.18.0.1 (RFC 2544), 2001:db8::1 (RFC 3849),
 * host-1.example.internal, user-1@example.com (RFC 2606).
 */
export class Tokens {
  readonly #tokeniser = new Tokeniser<TokenKind>();
  readonly #originals = new Map<string, string>();

  /** `existing`: text that may hold tokens of an earlier redaction; none of them is given out again. */
  constructor(existing = "") {
    const taken = (kind: TokenKind, pattern: RegExp, base = 10) => {
      for (const [, number = "0"] of existing.matchAll(pattern))
        this.#tokeniser.startAt(kind, Number.parseInt(number, base) + 1);
    };
    taken("account", /(?<!\d)0{6}(\d{6})(?!\d)/g);
    taken("host", /host-(\d+)\.example\.internal/g);
    taken("email", /user-(\d+)@example\.com/g);
    taken("word", /word-(\d+)/g);
    taken("id", /(?<![0-9a-f])0{8,}([0-9a-f]{1,8})(?![0-9a-f])/g, 16);
    for (const [, high, low] of existing.matchAll(/198\.1[89]\.(\d+)\.(\d+)/g))
      this.#tokeniser.startAt("address", Number(high) * 256 + Number(low) + 1);
  }

  /** How many values of each kind were masked. */
  get counts(): Readonly<Record<TokenKind, number>> {
    const given = (kind: TokenKind) => this.#tokeniser.given(kind);
    const [account, address, host] = [given("account"), given("address"), given("host")];
    return { account, address, host, id: given("id"), email: given("email"), word: given("word") };
  }

  /** The token of a value; a value that is a token already stays. */
  mask(kind: TokenKind, original: string): string {
    if (original === "" || isToken(original)) return original;
    const token = this.#tokeniser.of(kind, original, (number) => written(kind, number, original));
    this.#originals.set(token, original);
    return token;
  }

  /**
   * Gives out the tokens of these values at once, so that the tokens sort as the values do: questions that list what was
   * found are then asked in the order in which they were recorded. Tokens of one length sort by their numbers.
   */
  inOrder(kind: TokenKind, originals: Iterable<string>): void {
    const fresh = [...new Set(originals)].filter((original) => !isToken(original)).sort();
    const first = this.#tokeniser.next(kind);
    const last = first + fresh.length - 1;
    // Tokens of one length sort by their numbers.
    if (String(last).length > String(first).length) this.#tokeniser.startAt(kind, 10 ** String(last).length);
    for (const original of fresh) this.mask(kind, original);
  }

  /**
   * The text with its tokens turned back. Tokens in a PromQL regular expression have backslashes before their dots; the
   * originals get as many.
   */
  restore(text: string): string {
    return text
      .replace(/198(\\*)\.1[89]\1\.\d+\1\.\d+/g, (found, slashes: string) => this.#back(found, slashes))
      .replace(/host-\d+(\\*)\.example\1\.internal/g, (found, slashes: string) => this.#back(found, slashes))
      .replace(/2001:db8::[0-9a-f]+|user-\d+@example\.com|word-\d+/g, (found) => this.#back(found, ""))
      .replace(/(?<![0-9a-z])(?:[a-z]+-)?0{6,}[0-9a-f]+(?![0-9a-z])/g, (found) => this.#back(found, ""));
  }

  #back(found: string, slashes: string): string {
    const original = this.#originals.get(slashes === "" ? found : found.replaceAll(`${slashes}.`, "."));
    if (original === undefined) return found;
    return slashes === "" ? original : original.replaceAll(".", `${slashes}.`);
  }
}

function written(kind: TokenKind, number: number, original: string): string {
  switch (kind) {
    case "account":
      return String(number).padStart(12, "0");
    case "address":
      if (original.includes(":")) return `2001:db8::${number.toString(16)}`;
      return `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
    case "host":
      return `host-${number}.example.internal`;
    case "id": {
      // "i-0abc…" keeps its prefix, and every id its length.
      const [, prefix = "", digits = ""] = /^([a-z]+-)?([0-9a-f]+)$/.exec(original) ?? [];
      return prefix + number.toString(16).padStart(digits.length, "0");
    }
    case "email":
      return `user-${number}@example.com`;
    case "word":
      return `word-${number}`;
  }
}

function isToken(value: string): boolean {
  return /^(0{6}\d{6}|198\.1[89]\.\d+\.\d+|2001:db8::[0-9a-f]+|host-\d+\.example\.internal|user-\d+@example\.com|word-\d+|(?:[a-z]+-)?0{8,}[0-9a-f]+)$/.test(
    value,
  );
}
