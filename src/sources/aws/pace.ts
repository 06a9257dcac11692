import { setTimeout as sleep } from "node:timers/promises";

/** Requests a second below which a service is never asked: it must be found out when it takes questions again. */
const SLOWEST = 1;
/** At so many a second nothing is held back any more; all that an investigation asks at once is less. */
const FREE = 30;
/** Milliseconds in which refusals count as one: they are answers to what was sent at the same rate. */
const SAME = 1_000;
/** Milliseconds before the first repetition; twice as long before each further one, up to the longest. */
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;

/**
 * How fast one service is asked, by all its questions together: as they come, until it limits the rate; then half as
 * fast with each refusal, and a little faster with each answer (additive increase, multiplicative decrease: Chiu and
 * Jain 1989; what the AWS SDKs call adaptive). Pauses are drawn with full jitter (AWS Architecture Blog, Exponential
 * Backoff and Jitter).
 */
export class Pace {
  #perSecond = Number.POSITIVE_INFINITY;
  #nextStart = 0;
  #refused = Number.NEGATIVE_INFINITY;
  #begun: number[] = [];

  /** Whether the service has limited the rate, and is not yet asked freely again. */
  get isLimited(): boolean {
    return this.#perSecond !== Number.POSITIVE_INFINITY;
  }

  /** Waits until one more request may begin. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const start = Math.max(now, this.#nextStart);
    if (this.isLimited) {
      this.#nextStart = start + 1000 / this.#perSecond;
      if (start > now) await sleep(start - now, undefined, { signal });
    }
    this.#begun = [...this.#begun.filter((at) => at > now - 1000), performance.now()];
  }

  /** A request was answered, with whatever but a refusal for its rate. */
  answered(): void {
    if (!this.isLimited) return;
    this.#perSecond += 1;
    if (this.#perSecond > FREE) this.#perSecond = Number.POSITIVE_INFINITY;
  }

  /**
   * A request was refused for its rate, for the nth time in a row. Waits before it is repeated; never shorter than the
   * service asks for, in milliseconds.
   */
  async refused(times: number, asked: number, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    if (now - this.#refused > SAME) {
      this.#perSecond = Math.max(SLOWEST, Math.min(this.#perSecond, this.#begun.length) / 2);
      this.#refused = now;
    }
    const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (times - 1));
    await sleep(Math.max(asked, Math.random() * most), undefined, { signal });
  }
}
