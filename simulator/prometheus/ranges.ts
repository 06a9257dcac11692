import type { RawSeries } from "./scrape.ts";

/** The samples of a series within a range, and their times. */
interface Samples {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Samples in (time − range, time]: since Prometheus 3 the start is left out. Lost ones (NaN) are not there. */
function slice(series: RawSeries, time: number, range: number): Samples {
  const from = Math.max(0, Math.floor((time - range - series.first) / series.step) + 1);
  const to = Math.min(series.values.length, Math.floor((time - series.first) / series.step) + 1);
  const times: number[] = [];
  const values: number[] = [];
  for (let index = from; index < to; index += 1) {
    const value = series.values[index] as number;
    if (Number.isNaN(value)) continue;
    times.push(series.first + index * series.step);
    values.push(value);
  }
  return { times, values };
}

/** How far back an instant selector looks for a sample (Prometheus, --query.lookback-delta). */
const LOOKBACK = 300;

/** The newest sample's value within the lookback; a series that has ended is stale from its next scrape on. */
export function instantValue(series: RawSeries, time: number): number | null {
  const index = newest(series, time);
  return index === null ? null : (series.values[index] as number);
}

/** When that sample was taken. */
export function instantTime(series: RawSeries, time: number): number | null {
  const index = newest(series, time);
  return index === null ? null : series.first + index * series.step;
}

function newest(series: RawSeries, time: number): number | null {
  const staleAt = series.first + series.values.length * series.step;
  if (series.ended && time >= staleAt) return null;
  const last = Math.min(series.values.length - 1, Math.floor((time - series.first) / series.step));
  const first = Math.max(0, Math.floor((time - LOOKBACK - series.first) / series.step) + 1);
  for (let index = last; index >= first; index -= 1) if (!Number.isNaN(series.values[index] as number)) return index;
  return null;
}

export type RangeFunction = (series: RawSeries, time: number, range: number) => number | null;

/** Functions over a range vector, each for one series. */
export const RANGE_FUNCTIONS: { readonly [name: string]: RangeFunction } = {
  rate: (series, time, range) => extrapolated(series, time, range, "rate"),
  increase: (series, time, range) => extrapolated(series, time, range, "increase"),
  delta: (series, time, range) => extrapolated(series, time, range, "delta"),
  irate: (series, time, range) => {
    const { times, values } = slice(series, time, range);
    const [before, last] = values.slice(-2);
    if (before === undefined || last === undefined) return null;
    const between = (times.at(-1) as number) - (times.at(-2) as number);
    return (last < before ? last : last - before) / between;
  },
  min_over_time: over((values) => Math.min(...values)),
  max_over_time: over((values) => Math.max(...values)),
  avg_over_time: over((values) => values.reduce((all, one) => all + one, 0) / values.length),
  sum_over_time: over((values) => values.reduce((all, one) => all + one, 0)),
  count_over_time: over((values) => values.length),
  present_over_time: over(() => 1),
  last_over_time: over((values) => values.at(-1) ?? 0),
  changes: over((values) => values.filter((value, index) => index > 0 && value !== values[index - 1]).length),
  resets: over((values) => values.filter((value, index) => index > 0 && value < (values[index - 1] ?? 0)).length),
};

function over(fold: (values: readonly number[]) => number): RangeFunction {
  return (series, time, range) => {
    const { values } = slice(series, time, range);
    return values.length > 0 ? fold(values) : null;
  };
}

/**
 * `extrapolatedRate` of Prometheus 3 (promql/functions.go): for counters the start is first brought within reach of the
 * samples, then kept from going below zero. (Prometheus 2 did it the other way round, which differs for fresh pods only.)
 */
function extrapolated(
  series: RawSeries,
  time: number,
  range: number,
  kind: "rate" | "increase" | "delta",
): number | null {
  const { times, values } = slice(series, time, range);
  const count = values.length;
  if (count < 2) return null;
  const firstValue = values[0] as number;
  let result = (values[count - 1] as number) - firstValue;
  for (let index = 1; kind !== "delta" && index < count; index += 1)
    if ((values[index] as number) < (values[index - 1] as number)) result += values[index - 1] as number;

  const firstTime = times[0] as number;
  const lastTime = times[count - 1] as number;
  const sampled = lastTime - firstTime;
  const between = sampled / (count - 1);
  const threshold = between * 1.1;
  let toStart = firstTime - (time - range);
  if (toStart >= threshold) toStart = between / 2;
  // A counter cannot have been below zero: it is not extrapolated beyond where it would have been zero.
  if (kind !== "delta" && result > 0 && firstValue >= 0) toStart = Math.min(toStart, sampled * (firstValue / result));
  let toEnd = time - lastTime;
  if (toEnd >= threshold) toEnd = between / 2;
  const factor = (sampled + toStart + toEnd) / sampled;
  return (result * factor) / (kind === "rate" ? range : 1);
}
