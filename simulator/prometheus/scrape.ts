import { TICK } from "../clock.ts";
import type { PodTruth } from "../pod.ts";
import { Random } from "../random.ts";
import type { World } from "../world.ts";

export type Labels = { readonly [label: string]: string };

/** One series as Prometheus would have stored it. */
export interface RawSeries {
  /** With __name__. */
  readonly labels: Labels;
  /** Epoch seconds of the first sample. */
  readonly first: number;
  /** Seconds between samples. */
  readonly step: number;
  readonly values: Float64Array;
  /** Whether it stopped before the end: then its next scrape has marked it stale. */
  readonly ended: boolean;
}

/** Seconds between scrapes where the scenario does not say. */
const SCRAPE = 15;

/** Where a target's scrapes lie between two; on the grid of the simulation's ticks. */
export function scrapeOffset(name: string, { scenario }: World): number {
  return new Random(3, name).integer(0, (scenario.scrape ?? SCRAPE) / TICK - 1) * TICK;
}

/**
 * A series from a function of time (seconds after the simulation's start, on the grid of ticks), over the scrapes in
 * [from, to); `to` null: until now.
 */
export function scraped(
  world: World,
  labels: Labels,
  offset: number,
  from: number,
  to: number | null,
  read: (at: number) => number,
): RawSeries | null {
  const step = world.scenario.scrape ?? SCRAPE;
  const first = Math.ceil((from - offset) / step) * step + offset;
  const end = to ?? world.truth.length + 1;
  const count = Math.max(0, Math.ceil((end - first) / step));
  if (count === 0) return null;
  const values = Float64Array.from({ length: count }, (_, index) => read(first + index * step));
  return { labels, first: world.start + first, step, values, ended: to !== null };
}

/** Counters of a pod that was there before the simulation did not start from zero. */
export function podBase(world: World, pod: PodTruth): { cpu: number; periods: number; throttled: number } {
  if (pod.created !== null) return { cpu: 0, periods: 0, throttled: 0 };
  const random = new Random(world.scenario.seed, `base ${pod.name}`);
  const seconds = world.scenario.focus.versionDays * 86_400;
  const cpu = seconds * random.between(0.04, 0.07);
  const periods = Math.round(seconds * random.between(2, 3));
  return { cpu, periods, throttled: Math.round(periods * world.scenario.focus.spuriousThrottling) };
}
