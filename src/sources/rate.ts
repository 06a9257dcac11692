import { setTimeout as sleep } from "node:timers/promises";

/**
 * Lets so many things run at once, and no more than so many of one kind begin in a second. What waits here has not been
 * asked yet: its deadline begins when its turn comes.
 */
export class Lane {
  #free: number;
  readonly #perSecond: { readonly [kind: string]: number };
  readonly #nextStart = new Map<string, number>();
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, perSecond: { readonly [kind: string]: number } = {}) {
    this.#free = atOnce;
    this.#perSecond = perSecond;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  /** Waits until one more of this kind may begin. */
  async begin(kind: string, signal: AbortSignal): Promise<void> {
    const rate = this.#perSecond[kind];
    if (rate === undefined) return;
    const now = performance.now();
    const start = Math.max(now, this.#nextStart.get(kind) ?? 0);
    this.#nextStart.set(kind, start + 1000 / rate);
    if (start > now) await sleep(start - now, undefined, { signal });
  }
}
