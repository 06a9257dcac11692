import type { AlarmState } from "../model/facts.ts";
import type { Epoch, Series } from "../model/time.ts";
import { type AlarmRule, type Datapoint, evaluate, evaluationRange, type Replayed } from "./alarm-evaluation.ts";
import { sum } from "./series.ts";

/**
 * What an alarm of a period above a minute judges: CloudWatch evaluates it every minute on windows of that period that
 * end with the minute, not on the clock's grid (datapoints stamped 22:18 and 22:13 at a period of 300 s in public mails).
 * So the same two bad minutes fall into one window or into two as the windows slide.
 */
export interface SlidingWindows {
  /** Begin of the first window. */
  readonly start: Epoch;
  /** Seconds of each window, a multiple of a minute. */
  readonly length: number;
  /** `values[i]` is of the window that begins at start + i minutes; null: no datapoint in it. */
  readonly values: readonly Datapoint[];
}

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

/** The windows of a metric's minutes, exactly as CloudWatch would have them; or why they cannot be made. */
export function slidingWindows(
  statistic: string,
  period: number,
  minutes: MinuteSeries,
): SlidingWindows | { readonly cannot: string } {
  const needs = needsOf(statistic);
  if (!needs) return { cannot: `the ${statistic} of a longer period cannot be made from those of its minutes` };
  if (period < MINUTE || period % MINUTE !== 0)
    return { cannot: `a period of ${period} s is no whole number of minutes` };
  const series = needs.map((need) => minutes[need]);
  const [grid] = series;
  const missing = needs.filter((need) => !minutes[need]);
  if (!grid || missing.length > 0) return { cannot: `the minutes' ${missing.join(" and ")} could not be read` };
  if (series.some((one) => one?.step !== MINUTE || one.start !== grid.start))
    return { cannot: "its minutes do not lie on one grid" };
  const size = period / MINUTE;
  const [first = [], second = []] = series.map((one) => one?.values ?? []);
  const count = Math.max(0, first.length - size + 1);
  const values = Array.from({ length: count }, (_, index) => {
    const part = present(first, index, size);
    if (part.length === 0) return null;
    return statistic === "Average" ? ratio(part, present(second, index, size)) : joined(statistic, part);
  });
  return { start: grid.start, length: period, values };
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

/**
 * The datapoints that an evaluation looks at, oldest first: the windows that end at `end` and one, two, … periods before.
 * Windows before the first minute are missing.
 */
export function pointsAt({ start, length, values }: SlidingWindows, end: Epoch, count: number): Datapoint[] {
  return Array.from({ length: count }, (_, index) => {
    const from = end - (count - index) * length;
    return values[(from - start) / MINUTE] ?? null;
  });
}

/**
 * The changes of state over sliding windows, one evaluation a minute, from the first whose evaluation range lies in the
 * metric. `delay` is the time from a window's end to its evaluation; `newest` is the index of the window that brought a
 * change. See `replayAlarm` for a metric with one value a period.
 */
export function replaySliding(
  windows: SlidingWindows,
  rule: AlarmRule,
  run: { readonly initially: AlarmState; readonly delay: number; readonly until: Epoch },
): { readonly transitions: Replayed[]; readonly state: AlarmState } {
  const range = evaluationRange(rule);
  const first = ((range - 1) * windows.length) / MINUTE;
  const transitions: Replayed[] = [];
  let state = run.initially;
  for (let newest = first; newest < windows.values.length; newest += 1) {
    const end = windows.start + newest * MINUTE + windows.length;
    if (end + run.delay > run.until) break;
    const next = evaluate(pointsAt(windows, end, range), rule, state);
    if (next !== state) transitions.push({ at: end + run.delay, from: state, to: next, newest });
    state = next;
  }
  return { transitions, state };
}
