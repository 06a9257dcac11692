import { createHmac } from "node:crypto";
import { isMark } from "../model/mark.ts";

/** What a mark says of the value in whose place it stands. */
export type MarkKind = "text" | "number" | "url" | "path" | "option";

/** The length classes: at most so many characters. */
const LENGTHS = [8, 16, 32, 64, 128, 256, 1024];
/** Values that are looked up again and again: the arguments of a thousand pods are the same. Longer ones are not kept. */
const KEPT = { values: 50_000, length: 2_000 };

/**
 * Hands out what stands in the place of text that no reader understands: "‹text:32:1f3a9›", its kind, its length class, and
 * five digits that are the same for the same value and (but for one pair in a million) different for others. It cannot be
 * turned back: the digits are an HMAC under the salt, which is random for a live run and kept nowhere. A mark is one word,
 * never reads as a number, a name of a server or as "not set", and a mark of a mark is the mark.
 */
export class Marks {
  readonly #salt: string;
  readonly #given = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  constructor(salt: string) {
    this.#salt = salt;
  }

  /** How many different values have a mark. */
  get count(): number {
    return this.#given.size;
  }

  /** The mark of a value; what is empty says that nothing is set, and stays. */
  of(kind: MarkKind, value: string): string {
    if (value === "" || isMark(value)) return value;
    const known = this.#given.get(value);
    if (known !== undefined) return known;
    const length = LENGTHS.find((most) => value.length <= most) ?? "long";
    const digits = createHmac("sha256", this.#salt).update(value).digest("hex").slice(0, 5);
    const mark = `‹${kind}:${length}:${digits}›`;
    this.#given.set(value, mark);
    return mark;
  }

  /** What `make` makes of a text, made once. */
  once(key: string, make: () => string): string {
    if (key.length > KEPT.length) return make();
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#texts.size < KEPT.values) this.#texts.set(key, made);
    return made;
  }
}
