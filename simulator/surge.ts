import { LEAD } from "./clock.ts";
import type { Scenario } from "./scenario.ts";

/** Requests that a Classic Load Balancer queues at most (CloudWatch metrics for Classic Load Balancers, SurgeQueueLength). */
const QUEUE = 1024;
/** Seconds of a step. */
const STEP = 5;

/** By minute of the simulation: the longest queue, and how many requests were turned away. */
export interface Surge {
  readonly longest: Float64Array;
  readonly spilled: Float64Array;
}

/** What a Classic Load Balancer does with requests that come faster than its targets accept them. */
export function surgeOf({ faults, focus }: Pick<Scenario, "faults" | "focus">, minutes: number): Surge {
  const longest = new Float64Array(minutes);
  const spilled = new Float64Array(minutes);
  const { flood = [] } = faults ?? {};
  if (flood.length === 0) return { longest, spilled };
  let queue = 0;
  const accepted = Math.max(...flood.map((one) => one.accepted));
  for (let at = 0; at < minutes * 60; at += STEP) {
    const here = flood.find((one) => at - LEAD >= one.at && at - LEAD < one.at + one.seconds);
    const excess = here ? here.offered - here.accepted : focus.traffic.base - accepted;
    queue = Math.max(0, queue + excess * STEP);
    const minute = Math.floor(at / 60);
    spilled[minute] = (spilled[minute] ?? 0) + Math.round(Math.max(0, queue - QUEUE));
    queue = Math.min(QUEUE, queue);
    longest[minute] = Math.max(longest[minute] ?? 0, Math.round(queue));
  }
  return { longest, spilled };
}
