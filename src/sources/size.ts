import { SIZE } from "./limits.ts";

/*
 * The one place in which what comes from outside is held to a size: the text of JSON before it is parsed, and values that
 * a vendor's client has parsed. Both in one pass and without recursion, which hostile nesting would exhaust.
 */

/** What is larger than lbdoctor takes. The message is the end of a sentence: "nests deeper than 200 levels". */
export class TooLarge extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** JSON.parse for text from outside. Throws a TooLarge, or JSON.parse's own SyntaxError. */
export function parseJson(text: string): unknown {
  checkText(text);
  return JSON.parse(text);
}

/** Throws a TooLarge where the JSON in a text nests too deep, or holds too many values or too long a string. */
function checkText(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (end - at > SIZE.text) throw tooLong();
        at = end;
        break;
      }
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        values += 1;
        if (depth > SIZE.depth) throw tooDeep();
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        values += 1;
    }
    if (values > SIZE.values) throw tooMany();
  }
}

/** Where the string that begins at `start` ends; the text's end where it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

/** How large parsed values are, added up over the pages of an answer. */
export class Size {
  #values = 0;
  #characters = 0;

  /** Throws a TooLarge as soon as it all is more than is taken. */
  add(page: unknown): void {
    // By level instead of by recursion.
    let level: unknown[] = [page];
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth === SIZE.depth && level.some((one) => typeof one === "object" && one !== null)) throw tooDeep();
      const next: unknown[] = [];
      for (const one of level) this.#addOne(one, next);
      level = next;
    }
  }

  #addOne(one: unknown, next: unknown[]): void {
    if (typeof one === "string") this.#addText(one);
    else if (Array.isArray(one)) {
      this.#count(one.length);
      // Most of an answer are numbers in long lists.
      for (const part of one) if (typeof part !== "number") next.push(part);
    } else if (typeof one === "object" && one !== null) {
      for (const key in one) {
        this.#count(1);
        this.#addText(key);
        const part = (one as Record<string, unknown>)[key];
        if (typeof part === "string") this.#addText(part);
        else if (typeof part === "object") next.push(part);
      }
    }
  }

  #addText({ length }: string): void {
    if (length > SIZE.text) throw tooLong();
    this.#characters += length;
    if (this.#characters > SIZE.whole) throw new TooLarge(`is larger than ${SIZE.whole / 2 ** 20} MB`);
  }

  #count(more: number): void {
    this.#values += more;
    if (this.#values > SIZE.values) throw tooMany();
  }
}

function tooDeep(): TooLarge {
  return new TooLarge(`nests deeper than ${SIZE.depth} levels`);
}

function tooMany(): TooLarge {
  return new TooLarge(`contains more than ${SIZE.values / 1e6} million values`);
}

function tooLong(): TooLarge {
  return new TooLarge(`contains a text of more than ${SIZE.text / 2 ** 20} MB`);
}
