import { LEAD } from "./clock.ts";
import type { Faults } from "./faults.ts";
import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** What a request waits for beyond its CPU and its usual dependency. Times are seconds after the simulation's start. */
export class Waits {
  /** Seconds of extra waits, by request. */
  readonly waited = new Map<number, number>();
  readonly #random: Random;
  /** When each connection of a pod's pool is free again. */
  readonly #pools = new Map<Pod, number[]>();

  constructor(private readonly scenario: Scenario) {
    this.#random = new Random(scenario.seed, "waits");
  }

  /** Seconds that a request waits which has had its CPU at `now` in this pod, and arrived at `arrived`. */
  extra(request: number, pod: Pod, index: number, arrived: number, now: number): number {
    const { extraWaits = [], pool } = this.scenario.faults ?? {};
    let wait = 0;
    for (const one of extraWaits) {
      if (arrived - LEAD < one.at || arrived - LEAD >= one.at + one.seconds) continue;
      if (one.pod !== undefined && one.pod !== index) continue;
      if (this.#random.chance(one.share)) wait += this.#random.logNormal(one.wait, one.cv);
    }
    if (wait > 0) this.waited.set(request, wait);
    return pool ? wait + this.#held(pod, pool, now + wait) : wait;
  }

  /** In line for a connection of the pod's pool, and with it. */
  #held(pod: Pod, pool: { size: number; hold: number; cv: number }, now: number): number {
    const free = this.#pools.get(pod) ?? Array.from({ length: pool.size }, () => 0);
    this.#pools.set(pod, free);
    const next = free.indexOf(Math.min(...free));
    const until = Math.max(now, free[next] ?? 0) + this.#random.logNormal(pool.hold, pool.cv);
    free[next] = until;
    return until - now;
  }
}

/** Clients that send a request again when it takes too long. The first one is worked on all the same. */
export class Retries {
  readonly #attempts = new Map<number, number>();
  readonly #random: Random;

  constructor(
    private readonly spec: NonNullable<Faults["retries"]>,
    seed: number,
  ) {
    this.#random = new Random(seed, "patience");
  }

  /** When the client of this request loses patience; null: it waits for the answer of this one. */
  impatientAt(request: number, now: number): number | null {
    // Whoever has asked again is one of the impatient.
    const patient = !this.#attempts.has(request) && !this.#random.chance(this.spec.share ?? 1);
    if (patient) return null;
    return this.hangUp || this.asksAgain(request) ? now + this.spec.after : null;
  }

  get hangUp(): boolean {
    return this.spec.hangUp ?? false;
  }

  asksAgain(request: number): boolean {
    return (this.#attempts.get(request) ?? 0) < this.spec.times;
  }

  repeated(first: number, again: number): void {
    this.#attempts.set(again, (this.#attempts.get(first) ?? 0) + 1);
  }
}
