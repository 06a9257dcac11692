const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** Digits of a number that is exact whatever they are. */
const MOST_DIGITS = 15;

/**
 * The fields of a line: where each begins and ends. One object cuts many lines, and only a field that is asked for becomes a
 * text of its own. Fields are apart by one space each and stand in quotes where they may hold spaces.
 */
export class Fields {
  readonly #most: number;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  #line = "";
  count = 0;

  /** What stands behind so many fields is not looked at. */
  constructor(most: number) {
    this.#most = most;
    this.#starts = new Uint32Array(most);
    this.#ends = new Uint32Array(most);
  }

  /**
   * False where a quote is never closed. A quote inside a quoted field has a backslash before it. Somebody's user agent may
   * end with a backslash itself: without `escapes` a quote ends its field wherever a space or the line's end follows.
   */
  cut(line: string, escapes = true): boolean {
    const { length } = line;
    this.#line = line;
    this.count = 0;
    for (let at = 0; at < length && this.count < this.#most; ) {
      const isQuoted = line.charCodeAt(at) === QUOTE;
      const start = isQuoted ? at + 1 : at;
      const end = isQuoted ? endOfQuoted(line, start, escapes) : line.indexOf(" ", at);
      if (end === -1 && isQuoted) return false;
      this.#starts[this.count] = start;
      this.#ends[this.count] = end === -1 ? length : end;
      this.count += 1;
      if (end === -1) break;
      at = isQuoted ? end + 2 : end + 1;
    }
    return true;
  }

  /** The field of this number, from 0; `otherwise` where the line has none. */
  text(index: number, otherwise = ""): string {
    return index < this.count ? this.#line.slice(this.#starts[index], this.#ends[index]) : otherwise;
  }

  /** The field as a number, times 10 ** places; NaN where it is none. */
  number(index: number, places = 0): number {
    const end = index < this.count ? (this.#ends[index] ?? 0) : 0;
    const start = this.#starts[index] ?? 0;
    let value = 0;
    let behind = -1;
    for (let at = start; at < end; at += 1) {
      const code = this.#line.charCodeAt(at);
      if (code === POINT && behind === -1) behind = end - at - 1;
      else if (code >= ZERO && code <= NINE) value = 10 * value + code - ZERO;
      else return this.#anyNumber(index, places);
    }
    // As the logs write them: whole, or with as many places as are wanted.
    const isExact = end > start && end - start <= MOST_DIGITS && (behind === -1 ? places === 0 : behind === places);
    return isExact && behind !== 0 ? value : this.#anyNumber(index, places);
  }

  #anyNumber(index: number, places: number): number {
    const text = this.text(index);
    return text === "" ? Number.NaN : Number(text) * 10 ** places;
  }
}

/** Where the quoted field ends that begins at `start`; -1 where it does not. */
function endOfQuoted(line: string, start: number, escapes: boolean): number {
  for (let end = line.indexOf('"', start); end !== -1; end = line.indexOf('"', end + 1)) {
    const next = end + 1;
    if (next < line.length && line.charCodeAt(next) !== SPACE) continue;
    if (!escapes || !isEscaped(line, start, end)) return end;
  }
  return -1;
}

function isEscaped(line: string, start: number, at: number): boolean {
  let before = at;
  while (before > start && line.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}
