import type { RawSeries } from "./scrape.ts";

/** The samples of a series within a range, as positions in its values: [from, to). */
interface Slice {
  readonly from: number;
  readonly to: number;
}

/** Samples in (time − range, time]: since Prometheus 3 the start is left out. */
function slice(series: RawSeries, time: number, range: number): Slice {
  const from = Math.max(0, Math.floor((time - range - series.first) / series.step) + 1);
  const to = Math.min(series.values.length, Math.floor((time - series.first) / series.step) + 1);
  return { from, to: Math.max(from, to) };
}

/** How far back an instant selector looks for a sample (Prometheus, --query.lookback-delta). */
const LOOKBACK = 300;

/** The newest sample within the lookback; a series that has ended is stale from its next scrape on. */
export function instantValue(series: RawSeries, time: number): number | null {
  const { from, to } = slice(series, time, LOOKBACK);
  if (to <= from) return null;
  const staleAt = series.first + series.values.length * series.step;
  return series.ended && time >= staleAt ? null : (series.values[to - 1] as number);
}

export type RangeFunction = (series: RawSeries, time: number, range: number) => number | null;

/** Functions over a range vector, each for one series. */
export const RANGE_FUNCTIONS: { readonly [name: string]: RangeFunction } = {
  rate: (series, time, range) => extrapolated(series, time, range, true),
  increase: (series, time, range) => extrapolated(series, time, range, false),
  irate: (series, time, range) => {
    const { from, to } = slice(series, time, range);
    if (to - from < 2) return null;
    const last = series.values[to - 1] as number;
    const before = series.values[to - 2] as number;
    return (last < before ? last : last - before) / series.step;
  },
  min_over_time: over((values) => Math.min(...values)),
  max_over_time: over((values) => Math.max(...values)),
  avg_over_time: over((values) => values.reduce((all, one) => all + one, 0) / values.length),
  sum_over_time: over((values) => values.reduce((all, one) => all + one, 0)),
  count_over_time: over((values) => values.length),
  last_over_time: over((values) => values.at(-1) ?? 0),
};

function over(fold: (values: number[]) => number): RangeFunction {
  return (series, time, range) => {
    const { from, to } = slice(series, time, range);
    return to > from ? fold([...series.values.subarray(from, to)]) : null;
  };
}

/**
 * `extrapolatedRate` of Prometheus 3 (promql/functions.go) for counters: the start is first brought within reach of the
 * samples, then kept from going below zero. (Prometheus 2 did it the other way round, which differs for fresh pods only.)
 */
function extrapolated(series: RawSeries, time: number, range: number, isRate: boolean): number | null {
  const { from, to } = slice(series, time, range);
  if (to - from < 2) return null;
  const values = series.values;
  const firstValue = values[from] as number;
  let result = (values[to - 1] as number) - firstValue;
  for (let index = from + 1; index < to; index += 1)
    if ((values[index] as number) < (values[index - 1] as number)) result += values[index - 1] as number;

  const firstTime = series.first + from * series.step;
  const lastTime = series.first + (to - 1) * series.step;
  const sampled = lastTime - firstTime;
  const between = sampled / (to - from - 1);
  const threshold = between * 1.1;
  let toStart = firstTime - (time - range);
  if (toStart >= threshold) toStart = between / 2;
  // A counter cannot have been below zero: it is not extrapolated beyond where it would have been zero.
  if (result > 0 && firstValue >= 0) toStart = Math.min(toStart, sampled * (firstValue / result));
  let toEnd = time - lastTime;
  if (toEnd >= threshold) toEnd = between / 2;
  const factor = (sampled + toStart + toEnd) / sampled;
  return (result * factor) / (isRate ? range : 1);
}
