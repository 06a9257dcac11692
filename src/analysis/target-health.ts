import type { EpisodesFact } from "../model/facts.ts";
import type { Series } from "../model/time.ts";
import { cells, valueAt } from "./series.ts";

/** The newest datapoints of CloudWatch may still be on their way; seconds. */
const ON_THE_WAY = 180;

/**
 * The share of the episodes' periods in which no target was healthy, by HealthyHostCount. A target group without any
 * registered target publishes no count: where it publishes at other times, none is registered. Null where nothing is
 * known.
 */
export function noneHealthy(healthy: Series, { episodes, window }: EpisodesFact): number | null {
  const end = window.end - ON_THE_WAY;
  const times = episodes.flatMap(({ burst }) => {
    const periods = Math.max(0, Math.ceil((Math.min(burst.end, end) - burst.start) / healthy.step));
    return Array.from({ length: periods }, (_, index) => burst.start + index * healthy.step);
  });
  if (times.length === 0 || cells(healthy).length === 0) return null;
  return times.filter((at) => (valueAt(healthy, at) ?? 0) === 0).length / times.length;
}
