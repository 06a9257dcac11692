import { next } from "../families/parts.ts";
import type { Random } from "../random.ts";
import type { AlarmSpec, FocusService, OtherService, Rollout, Scenario } from "../scenario.ts";
import { failures } from "../traffic.ts";
import type { World } from "../world.ts";
import { GO, java, loop, steady } from "./kinds.ts";

/** Thresholds of error alarms as people set them, errors a period. */
const COUNTS = [0, 1, 2, 3, 5, 10, 20, 25, 50, 100, 200] as const;

/** Words of an error alarm's name, by metric. */
const WORDS: { readonly [metric: string]: readonly string[] } = {
  HTTPCode_Target_5XX_Count: ["5xx", "target-5xx", "app-errors", "target-errors"],
  HTTPCode_ELB_5XX_Count: ["elb-5xx", "5xx", "alb-errors"],
  HTTPCode_ELB_502_Count: ["502", "bad-gateway", "elb-502"],
  HTTPCode_ELB_503_Count: ["503", "unavailable", "elb-503"],
  HTTPCode_ELB_504_Count: ["504", "gateway-timeout", "elb-504"],
  UnHealthyHostCount: ["unhealthy-hosts", "unhealthy-targets", "hosts"],
  HealthyHostCount: ["healthy-hosts", "no-healthy-targets", "hosts"],
};

/**
 * An alarm on a count of errors, for a trouble that makes about `expected` of them a minute where `usual` are normal. What
 * the load balancer makes itself has no target group.
 */
export function errorAlarm(
  scenario: Scenario,
  random: Random,
  metric: string,
  { expected, usual = 0 }: { readonly expected: number; readonly usual?: number },
): AlarmSpec {
  const fitting = COUNTS.filter((count) => count < 0.5 * expected && count >= 3 * usual);
  const evaluationPeriods = expected > 4 ? random.pick([1, 1, 2, 3]) : 1;
  const { alarm, focus, place } = scenario;
  return {
    ...alarm,
    name: `${place.cluster}-${focus.service}-${random.pick(WORDS[metric] ?? ["errors"])}`,
    description: random.chance(0.5) ? null : `${metric} of the load balancer`,
    on: metric.startsWith("HTTPCode_ELB_") ? "load balancer" : random.pick(["load balancer", "target group"]),
    metric,
    statistic: "Sum",
    threshold: fitting.length > 0 ? random.pick(fitting) : 0,
    evaluationPeriods,
    datapointsToAlarm: random.chance(0.7) ? evaluationPeriods : Math.max(1, evaluationPeriods - 1),
    treatMissingData: random.pick(["notBreaching", "notBreaching", "notBreaching", "missing"]),
  };
}

/** An alarm on the hosts of the focus service's target group. */
export function hostAlarm(
  scenario: Scenario,
  random: Random,
  metric: "UnHealthyHostCount" | "HealthyHostCount",
): AlarmSpec {
  const low = metric === "HealthyHostCount";
  return {
    ...errorAlarm(scenario, random, metric, { expected: 1 }),
    on: "target group",
    statistic: low ? "Minimum" : "Maximum",
    ...(random.chance(0.5)
      ? { threshold: low ? 1 : 0, comparison: low ? "LessThanThreshold" : "GreaterThanThreshold" }
      : low
        ? { threshold: 0, comparison: "LessThanOrEqualToThreshold" }
        : { threshold: 1, comparison: "GreaterThanOrEqualToThreshold" }),
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: low ? "breaching" : "notBreaching",
  };
}

/** A service that answers a steady stream quickly, with hardly an error. */
export function serving(name: string, seed: number, random: Random, focus: Partial<FocusService> = {}): Scenario {
  const plain = steady(name, seed, random, {
    server: random.pick([GO, java(100), loop(random, 3)]),
    rate: random.between(3, 9),
    cpu: random.between(0.005, 0.02),
    wait: random.between(0.02, 0.08),
    replicas: random.integer(2, 6),
  });
  return {
    ...plain,
    loadBalancer: { ...plain.loadBalancer, targetErrors: random.chance(0.5) ? 0 : random.between(0, 0.0003) },
    focus: { ...plain.focus, ...focus },
  };
}

/** Errors a minute that are there anyway: of the focus service, or of all services. */
export function usualErrors({ loadBalancer, focus, others }: Scenario): number {
  const rate = others.reduce((all, { rate }) => all + rate, focus.traffic.base);
  return 60 * rate * loadBalancer.targetErrors;
}

/** Requests of the focus service a minute. */
export function perMinute({ focus }: Scenario): number {
  return 60 * focus.traffic.base;
}

/** Rollouts that change nothing, at these seconds after the window's start. */
export function plainRollouts(version: string, starts: readonly number[]): Rollout[] {
  return starts.map((at, index) => ({
    at,
    version: starts.slice(0, index + 1).reduce((before) => next(before), version),
    cpuFactor: 1,
    waitFactor: 1,
  }));
}

/** In one of three worlds a harmless rollout, whenever it comes. */
export function rolledOutOnce({ focus, window }: Scenario, random: Random): Rollout[] {
  return random.chance(0.35) ? plainRollouts(focus.version, spreadOut(random, window, 1)) : [];
}

/** `count` times of the window, with room between them. */
export function spreadOut(random: Random, window: number, count: number): number[] {
  const room = (window - 2400) / count;
  return Array.from({ length: count }, (_, index) => Math.round(900 + index * room + random.between(0, room * 0.5)));
}

/** The first of the others with changes. */
export function firstOther(scenario: Scenario, changes: Partial<OtherService>): readonly OtherService[] {
  return scenario.others.map((other, index) => (index === 0 ? { ...other, ...changes } : other));
}

/** Sums of the focus service's losses, and of its 5xx answers that a fault made. */
export function lossesOf({ groups, minutes }: World) {
  const [own] = groups;
  const sum = (line: Iterable<number> = []) => [...line].reduce((all, one) => all + one, 0);
  return {
    dropped: sum(own?.dropped),
    unserved: sum(own?.unserved),
    timedOut: sum(own?.timedOut),
    failed: own ? sum(Array.from({ length: minutes }, (_, minute) => failures(own, null, minute))) : 0,
  };
}
