import type { Epoch, Series, Span } from "../model/time.ts";

/** One value of a series with the time at which its stretch begins. */
export interface Cell {
  readonly at: Epoch;
  readonly value: number;
}

/** Series never change, and the same ones are looked through again and again: once per series is enough. */
const known = new WeakMap<Series, readonly Cell[]>();

/** The values that are there. */
export function cells(series: Series): readonly Cell[] {
  const before = known.get(series);
  if (before) return before;
  const found: Cell[] = [];
  for (let index = 0; index < series.values.length; index += 1) {
    const value = series.values[index] ?? null;
    if (value !== null) found.push({ at: series.start + index * series.step, value });
  }
  known.set(series, found);
  return found;
}

/** The values whose stretch begins in one of the spans, in the order of time. Only the spans are walked, not the window. */
export function valuesIn(series: Series, spans: readonly Span[]): number[] {
  const { start, step, values } = series;
  const chosen = new Map<number, number>();
  for (const span of spans) {
    // One early, whatever the division rounds.
    for (let index = Math.max(0, Math.floor((span.start - start) / step)); index < values.length; index += 1) {
      const at = start + index * step;
      if (at >= span.end) break;
      const value = values[index] ?? null;
      if (at >= span.start && value !== null) chosen.set(index, value);
    }
  }
  return [...chosen].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** The values whose stretch begins in none of the spans. */
export function valuesOutside(series: Series, spans: readonly Span[]): number[] {
  return valuesWhere(series, (at) => !within(spans, at));
}

/** The values of the chosen stretches, by the time at which each begins. */
export function valuesWhere(series: Series, chosen: (at: Epoch) => boolean): number[] {
  return cells(series).flatMap(({ at, value }) => (chosen(at) ? [value] : []));
}

/** The values from one index to before another. */
export function part({ start, step, values }: Series, from: number, to = values.length): Series {
  return { start: start + from * step, step, values: values.slice(from, to) };
}

/** The value whose stretch holds the time; null where there is none. */
export function valueAt(series: Series, time: Epoch): number | null {
  return series.values[Math.floor((time - series.start) / series.step)] ?? null;
}

/** Whether a time lies in one of the spans. */
export function within(spans: readonly Span[], time: Epoch): boolean {
  return spans.some((span) => time >= span.start && time < span.end);
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** The values at these times, added up; a time without one adds nothing. */
export function sumAt(series: Series, times: Iterable<Epoch>): number {
  let total = 0;
  for (const at of times) total += valueAt(series, at) ?? 0;
  return total;
}

/** Arithmetic mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** Mean of the series in the spans; null without a value there. */
export function meanIn(series: Series, spans: readonly Span[]): number | null {
  return mean(valuesIn(series, spans));
}

/** The series' median within the spans, and outside them: no single value decides. Null where there is none. */
export function mediansAround(
  series: Series,
  spans: readonly Span[],
): { readonly inside: number | null; readonly outside: number | null } {
  return { inside: median(valuesIn(series, spans)), outside: median(valuesOutside(series, spans)) };
}

/** Mean of the series outside the spans. */
export function meanOutside(series: Series, spans: readonly Span[]): number | null {
  return mean(valuesOutside(series, spans));
}

/** The q-quantile (0–1) with linear interpolation between the two nearest values; null of nothing. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

export function highest(values: readonly number[]): number | null {
  // No spread into Math.max: a window can hold more values than a call has room for arguments.
  return values.length === 0 ? null : values.reduce((best, value) => Math.max(best, value));
}

export function lowest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((best, value) => Math.min(best, value));
}

/**
 * The mean of an average over the chosen cells, weighted by the requests of each: the average of all those requests,
 * which the mean of the averages is not. Null without a request.
 */
export function weightedAverage(average: Series, weight: Series, chosen: (at: Epoch) => boolean): number | null {
  let total = 0;
  let weights = 0;
  for (const { at, value } of cells(average)) {
    const count = chosen(at) ? (valueAt(weight, at) ?? 0) : 0;
    if (count <= 0) continue;
    total += value * count;
    weights += count;
  }
  return weights === 0 ? null : total / weights;
}

/** The average of a datapoint without its slowest request; 0 where that was the only one, null where a part is missing. */
export function withoutSlowest(
  { average, maximum, requests }: { readonly average: Series; readonly maximum: Series; readonly requests: Series },
  at: Epoch,
): number | null {
  const [mean, slowest, count] = [valueAt(average, at), valueAt(maximum, at), valueAt(requests, at)];
  if (mean === null || slowest === null || count === null || count < 1) return null;
  return count === 1 ? 0 : (mean * count - slowest) / (count - 1);
}
