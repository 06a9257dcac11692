import { connectionOf, draft } from "./arrivals.ts";
import { TimeHeap } from "./heap.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** The callers of bursts who wait for an answer before they send again. Times as in the simulation. */
export class Callers {
  readonly #scenario: Scenario;
  readonly #lead: number;
  readonly #waking = new TimeHeap();
  readonly #random: readonly Random[];
  /** The burst of each caller. */
  readonly #bursts: number[] = [];

  constructor(scenario: Scenario, lead: number) {
    this.#scenario = scenario;
    this.#lead = lead;
    const { bursts } = scenario.focus.traffic;
    this.#random = bursts.map((_, index) => new Random(scenario.seed, `callers ${index}`));
    for (const [index, burst] of bursts.entries())
      for (let caller = 0; caller < (burst.callers?.count ?? 0); caller += 1) {
        // They do not all start at the same moment.
        this.#waking.push(burst.at + lead + (this.#random[index] as Random).between(0, 8), this.#bursts.length);
        this.#bursts.push(index);
      }
  }

  /** When the next caller sends; Infinity: nobody will. */
  get next(): number {
    return this.#waking.next;
  }

  /** The request of the caller who is next. */
  send(now: number): {
    readonly caller: number;
    readonly request: ReturnType<typeof draft> & { readonly origin: number };
  } {
    const caller = this.#waking.pop();
    const index = this.#bursts[caller] as number;
    const { focus } = this.#scenario;
    const burst = focus.traffic.bursts[index];
    if (!burst) throw new Error("a caller belongs to a burst");
    const random = this.#random[index] as Random;
    const connection = connectionOf(random, burst, index, now - this.#lead);
    return { caller, request: { ...draft(random, now, burst.work ?? focus.work, connection), origin: index } };
  }

  /** The caller has its answer at `done`, and thinks of its next request while the burst lasts. */
  answered(caller: number, done: number): void {
    const index = this.#bursts[caller] as number;
    const burst = this.#scenario.focus.traffic.bursts[index];
    if (!burst?.callers) return;
    const next = done + (this.#random[index] as Random).exponential(burst.callers.think);
    if (next < burst.at + burst.seconds + this.#lead) this.#waking.push(next, caller);
  }
}
