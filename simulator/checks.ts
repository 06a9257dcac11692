import { LEAD } from "./clock.ts";
import type { Stretch as Fault } from "./faults.ts";
import { type BalancerType, typeOf } from "./front.ts";
import type { Pod } from "./pod.ts";
import { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

/** As the AWS Load Balancer Controller sets them for an ALB: checks in a row that change a target's health. */
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
  /** Instances that are no pods, and the load balancer. */
  readonly #instances: number;
  readonly #type: BalancerType;

  constructor(
    { seed, faults, focus, seen, loadBalancer }: Scenario,
    private readonly length: number,
  ) {
    this.#scenario = { seed, focus, ...(faults && { faults }) };
    this.#instances = seen?.instances?.length ?? 0;
    this.#type = typeOf({ loadBalancer });
  }

  /** Whether a target (whatever names it) is unhealthy for its failed checks. */
  failing(target: string, at: number): boolean {
    const { slowChecks, blocked, garbled } = this.#scenario.faults ?? {};
    if (!slowChecks && !blocked && !garbled) return false;
    const known = this.#outs.get(target) ?? this.#drawn(target);
    this.#outs.set(target, known);
    return known.some(({ from, to }) => from <= at && at < to);
  }

  /** Whether packets to the focus service's targets are dropped. */
  blocked(at: number): boolean {
    return within(this.#scenario.faults?.blocked, at);
  }

  /** Whether targets cannot read what the load balancer begins its connections with. */
  garbled(at: number): boolean {
    return within(this.#scenario.faults?.garbled, at);
  }

  /** Whether an instance that is no pod is unhealthy; seconds after the simulation's start. */
  sick(target: number, at: number): boolean {
    const { sick = [] } = this.#scenario.faults ?? {};
    return within(
      sick.filter((one) => (one.target ?? target) === target),
      at,
    );
  }

  /** Whether a Classic Load Balancer has no instance in service, and answers 503 itself. */
  outOfService(at: number): boolean {
    if (this.#type !== "classic" || this.#instances === 0) return false;
    return Array.from({ length: this.#instances }, (_, target) => this.sick(target, at)).every(Boolean);
  }

  /** Targets that are pods get requests while they pass; where none does, all do (fail open). */
  passing(pods: Pod[], now: number): Pod[] {
    if (this.#scenario.focus.targetType === "instance") return pods;
    const passing = pods.filter((pod) => !this.failing(pod.name, now));
    return passing.length > 0 ? passing : pods;
  }

  /** Every check of a target: when it began, how long its endpoint takes, and what keeps the answer away if anything does. */
  results(
    target: string,
  ): { readonly at: number; readonly seconds: number; readonly lost: "blocked" | "garbled" | null }[] {
    const { interval, protocol } = this.#scenario.focus.healthCheck;
    const { slowChecks } = this.#scenario.faults ?? {};
    const random = new Random(this.#scenario.seed, `checks ${target}`);
    const found: { at: number; seconds: number; lost: "blocked" | "garbled" | null }[] = [];
    for (let at = random.between(0, interval); at < this.length; at += interval) {
      const seconds = slowChecks ? random.logNormal(slowChecks.mean, slowChecks.cv) : 0;
      const garbled = protocol !== "TCP" && this.garbled(at);
      found.push({ at, seconds, lost: this.blocked(at) ? "blocked" : garbled ? "garbled" : null });
    }
    return found;
  }

  #drawn(target: string): Stretch[] {
    const { timeout, unhealthyAfter = IN_A_ROW, healthyAfter = IN_A_ROW } = this.#scenario.focus.healthCheck;
    const outs: Stretch[] = [];
    let from: number | null = null;
    let passed = healthyAfter;
    let failed = 0;
    for (const { at, seconds, lost } of this.results(target)) {
      const late = lost !== null || seconds > timeout;
      passed = late ? 0 : passed + 1;
      failed = late ? failed + 1 : 0;
      if (from === null && failed >= unhealthyAfter) from = at + timeout;
      else if (from !== null && passed >= healthyAfter) {
        outs.push({ from, to: at + seconds });
        from = null;
      }
    }
    return from === null ? outs : [...outs, { from, to: Number.POSITIVE_INFINITY }];
  }
}

/** Whether a time of the simulation lies within one of the stretches, which count from the window's start. */
function within(stretches: readonly Fault[] = [], at: number): boolean {
  return stretches.some((one) => at - LEAD >= one.at && at - LEAD < one.at + one.seconds);
}
