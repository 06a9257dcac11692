import { LEAD } from "./clock.ts";
import type { AlarmSpec } from "./scenario.ts";

export type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Change {
  /** Epoch seconds, with milliseconds. */
  readonly at: number;
  readonly from: State;
  readonly to: State;
  /** Index of the newest minute that was looked at. */
  readonly newest: number;
}

/** Whether a datapoint breaches the alarm's threshold. */
export function breaches({ comparison = "GreaterThanThreshold", threshold }: AlarmSpec, value: number): boolean {
  switch (comparison) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
  }
}

/**
 * How CloudWatch judges: the newest `evaluationPeriods` datapoints decide; where some are missing it looks a little
 * further back, and where there are still too few, the treatment of missing data fills in as few as possible (User Guide,
 * "Configuring how CloudWatch alarms treat missing data"; the range is that of its example, N + 2).
 */
export function judge(points: readonly (number | null)[], alarm: AlarmSpec, before: State): State {
  const { evaluationPeriods: periods, datapointsToAlarm: needed } = alarm;
  const range = points.slice(-(periods + 2));
  const newest = range.slice(-periods);
  const real = range.filter((value) => value !== null);
  const decisive = newest.every((value) => value !== null) ? newest : real.slice(-periods);
  const breaching = decisive.filter((value) => value !== null && breaches(alarm, value)).length;
  if (decisive.length >= periods) return breaching >= needed ? "ALARM" : "OK";
  const missing = periods - decisive.length;
  switch (alarm.treatMissingData) {
    case "breaching":
      return breaching + missing >= needed ? "ALARM" : "OK";
    case "notBreaching":
      return breaching >= needed ? "ALARM" : "OK";
    case "ignore":
      if (breaching >= needed) return "ALARM";
      return decisive.length > breaching ? "OK" : before;
    case "missing":
      if (real.length === 0) return "INSUFFICIENT_DATA";
      if (breaching >= needed) return "ALARM";
      if (real.length > breaching) return "OK";
      // Premature alarm: it waits until the oldest breaching point is as old as the datapoints that it takes.
      return range.length - range.findIndex((value) => value !== null) >= needed ? "ALARM" : before;
  }
}

/** Seconds after a period's end at which CloudWatch looks at it: the metric takes about a minute to arrive. */
export const EVALUATION_DELAY = 48;

/** The alarm as it was configured at a time, epoch seconds; `start` is the simulation's. */
export function alarmAt(alarm: AlarmSpec, start: number, at: number): AlarmSpec {
  const { changed } = alarm;
  return changed !== undefined && at < start + LEAD + changed.at ? { ...alarm, ...changed.before } : alarm;
}

/**
 * The alarm's changes of state over a metric: `values[i]` is the datapoint of the period that ends with minute i after
 * `start`, epoch seconds. CloudWatch looks every minute, so that periods of more than a minute slide by the minute.
 * Evaluations later than `until` have not happened.
 */
export function evaluateAlarm(
  values: readonly (number | null)[],
  start: number,
  alarm: AlarmSpec,
  until: number,
): { readonly changes: readonly Change[]; readonly state: State } {
  let state: State = alarm.initially;
  const changes: Change[] = [];
  const step = alarm.period / 60;
  const most = Math.max(alarm.evaluationPeriods, alarm.changed?.before.evaluationPeriods ?? 0) + 2;
  for (let newest = most * step; newest < values.length; newest += 1) {
    // A few hundred milliseconds, different each time and the same in every run.
    const at = start + (newest + 1) * 60 + EVALUATION_DELAY + 0.001 * ((newest * 7919) % 1000);
    if (at > until) break;
    const points = Array.from({ length: most }, (_, index) => values[newest - (most - 1 - index) * step] ?? null);
    const next = judge(points, alarmAt(alarm, start, at), state);
    if (next !== state) changes.push({ at, from: state, to: next, newest });
    state = next;
  }
  return { changes, state };
}
