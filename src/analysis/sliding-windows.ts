import type { Series } from "../model/time.ts";
import { sum } from "./series.ts";

/*
 * What an alarm of a period above a minute judges: CloudWatch evaluates it every minute on windows of that period that end
 * with the minute, not on the clock's grid (datapoints stamped 22:18 and 22:13 at a period of 300 s in public mails). So the
 * same two bad minutes fall into one window or into two as the windows slide.
 */

type Datapoint = number | null;

/** The minutes of a metric, each series on the same grid of 60 s; which of them a statistic needs, `needsOf` tells. */
export interface MinuteSeries {
  readonly sum?: Series;
  readonly samples?: Series;
  readonly minimum?: Series;
  readonly maximum?: Series;
}

const MINUTE = 60;

/** The series of minutes that the windows of a statistic are made of; null where they cannot be made of any. */
export function needsOf(statistic: string): readonly (keyof MinuteSeries)[] | null {
  switch (statistic) {
    case "Average":
      return ["sum", "samples"];
    case "Sum":
      return ["sum"];
    case "SampleCount":
      return ["samples"];
    case "Minimum":
      return ["minimum"];
    case "Maximum":
      return ["maximum"];
    default:
      return null;
  }
}

/**
 * The windows of a metric's minutes, exactly as CloudWatch would have them, or why they cannot be made. On a grid of 60 s:
 * each value is of the window that begins there and covers `period` seconds; null: no datapoint in it.
 */
export function slidingWindows(
  statistic: string,
  period: number,
  minutes: MinuteSeries,
): { readonly windows: Series } | { readonly cannot: string } {
  const needs = needsOf(statistic);
  if (!needs) return { cannot: `the ${statistic} of a longer period cannot be made from those of its minutes` };
  if (period < MINUTE || period % MINUTE !== 0)
    return { cannot: `a period of ${period} s is not a whole number of minutes` };
  const series = needs.map((need) => minutes[need]);
  const [grid] = series;
  const missing = needs.filter((need) => !minutes[need]);
  if (!grid || missing.length > 0) return { cannot: `the minutes' ${missing.join(" and ")} could not be read` };
  if (series.some((one) => one?.step !== MINUTE || one.start !== grid.start))
    return { cannot: "its minutes are not on one grid" };
  const size = period / MINUTE;
  const [first = [], second = []] = series.map((one) => one?.values ?? []);
  const count = Math.max(0, first.length - size + 1);
  const values = Array.from({ length: count }, (_, index) => {
    const part = present(first, index, size);
    if (part.length === 0) return null;
    return statistic === "Average" ? ratio(part, present(second, index, size)) : joined(statistic, part);
  });
  return { windows: { start: grid.start, step: MINUTE, values } };
}

function present(values: readonly Datapoint[], from: number, size: number): number[] {
  const found: number[] = [];
  for (let index = from; index < from + size; index += 1) {
    const value = values[index] ?? null;
    if (value !== null) found.push(value);
  }
  return found;
}

function ratio(sums: readonly number[], counts: readonly number[]): Datapoint {
  const samples = sum(counts);
  return samples > 0 ? sum(sums) / samples : null;
}

function joined(statistic: string, values: readonly number[]): number {
  if (statistic === "Minimum") return Math.min(...values);
  return statistic === "Maximum" ? Math.max(...values) : sum(values);
}
