import { LEAD } from "./clock.ts";
import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** As the AWS Load Balancer Controller sets them: checks in a row that make a target unhealthy, or healthy again. */
const IN_A_ROW = 2;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The load balancer's health checks where they fail though the pods serve: they come too late, or never. Times are seconds
 * after the simulation's start.
 */
export class HealthChecks {
  readonly #outs = new Map<string, readonly Stretch[]>();

  /** Without the alarm: what happens does not depend on who watches. */
  readonly #scenario: Pick<Scenario, "seed" | "faults" | "focus">;

  constructor(
    { seed, faults, focus }: Scenario,
    private readonly length: number,
  ) {
    this.#scenario = { seed, focus, ...(faults && { faults }) };
  }

  /** Whether a target (whatever names it) is unhealthy for its failed checks. */
  failing(target: string, at: number): boolean {
    const { slowChecks, blocked } = this.#scenario.faults ?? {};
    if (!slowChecks && !blocked) return false;
    const known = this.#outs.get(target) ?? this.#drawn(target);
    this.#outs.set(target, known);
    return known.some(({ from, to }) => from <= at && at < to);
  }

  /** Whether packets to the focus service's targets are dropped. */
  blocked(at: number): boolean {
    const { blocked = [] } = this.#scenario.faults ?? {};
    return blocked.some((one) => at - LEAD >= one.at && at - LEAD < one.at + one.seconds);
  }

  /** Targets that are pods get requests while they pass; where none does, all do (fail open). */
  passing(pods: Pod[], now: number): Pod[] {
    if (this.#scenario.focus.targetType === "instance") return pods;
    const passing = pods.filter((pod) => !this.failing(pod.name, now));
    return passing.length > 0 ? passing : pods;
  }

  /** Every check of a target: when it began, how long its endpoint takes, and whether its packets are dropped. */
  results(target: string): { readonly at: number; readonly seconds: number; readonly blocked: boolean }[] {
    const { interval } = this.#scenario.focus.healthCheck;
    const { slowChecks } = this.#scenario.faults ?? {};
    const random = new Random(this.#scenario.seed, `checks ${target}`);
    const found: { at: number; seconds: number; blocked: boolean }[] = [];
    for (let at = random.between(0, interval); at < this.length; at += interval) {
      const seconds = slowChecks ? random.logNormal(slowChecks.mean, slowChecks.cv) : 0;
      found.push({ at, seconds, blocked: this.blocked(at) });
    }
    return found;
  }

  #drawn(target: string): Stretch[] {
    const { timeout } = this.#scenario.focus.healthCheck;
    const outs: Stretch[] = [];
    let from: number | null = null;
    let passed = IN_A_ROW;
    let failed = 0;
    for (const { at, seconds, blocked } of this.results(target)) {
      const late = blocked || seconds > timeout;
      passed = late ? 0 : passed + 1;
      failed = late ? failed + 1 : 0;
      if (from === null && failed >= IN_A_ROW) from = at + timeout;
      else if (from !== null && passed >= IN_A_ROW) {
        outs.push({ from, to: at + seconds });
        from = null;
      }
    }
    return from === null ? outs : [...outs, { from, to: Number.POSITIVE_INFINITY }];
  }
}
