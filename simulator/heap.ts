/** A binary heap of numbers that wait for their time; the earliest comes out first. */
export class TimeHeap {
  readonly #times: number[] = [];
  readonly #values: number[] = [];

  /** When the earliest is due; Infinity where there is none. */
  get next(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  push(time: number, value: number): void {
    let place = this.#times.length;
    this.#times.push(time);
    this.#values.push(value);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.#times[parent] as number) <= time) break;
      this.#swap(place, parent);
      place = parent;
    }
  }

  pop(): number {
    const first = this.#values[0];
    if (first === undefined) throw new RangeError("the heap is empty");
    const time = this.#times.pop() as number;
    const value = this.#values.pop() as number;
    if (this.#times.length > 0) {
      this.#times[0] = time;
      this.#values[0] = value;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      let least = place;
      if (left < this.#times.length && (this.#times[left] as number) < (this.#times[least] as number)) least = left;
      if (right < this.#times.length && (this.#times[right] as number) < (this.#times[least] as number)) least = right;
      if (least === place) return;
      this.#swap(place, least);
      place = least;
    }
  }

  #swap(a: number, b: number): void {
    [this.#times[a], this.#times[b]] = [this.#times[b] as number, this.#times[a] as number];
    [this.#values[a], this.#values[b]] = [this.#values[b] as number, this.#values[a] as number];
  }
}
