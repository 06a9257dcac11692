/**
 * Hands out numbers by kind and what is written of them: the same value of a kind always gets the same token. Recordings
 * and documents mask by it; marks, which cannot be turned back, are given out on arrival (marks.ts).
 */
export class Tokeniser<Kind extends string> {
  readonly #tokens = new Map<string, string>();
  readonly #next = new Map<Kind, number>();
  readonly #given = new Map<Kind, number>();

  /** The token of a value; a new one is written with the next number of its kind. */
  of(kind: Kind, value: string, write: (number: number) => string): string {
    const key = `${kind} ${value}`;
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const number = this.next(kind);
    this.#next.set(kind, number + 1);
    this.#given.set(kind, this.given(kind) + 1);
    const token = write(number);
    this.#tokens.set(key, token);
    return token;
  }

  /** The number that the next new value of a kind gets; 1 unless it was set. */
  next(kind: Kind): number {
    return this.#next.get(kind) ?? 1;
  }

  /** Numbers below this one are not given out. */
  startAt(kind: Kind, number: number): void {
    this.#next.set(kind, Math.max(this.next(kind), number));
  }

  /** How many values of a kind got a token. */
  given(kind: Kind): number {
    return this.#given.get(kind) ?? 0;
  }
}
