import type { AlarmFact } from "../model/facts.ts";
import type { Epoch, Series, Span } from "../model/time.ts";
import { type Cell, cells, valueAt, within } from "./series.ts";

/** Whether a datapoint breaches, by the alarm's comparison operator. */
export function breaches(alarm: Pick<AlarmFact, "comparison" | "threshold">, value: number): boolean {
  switch (alarm.comparison) {
    case "GreaterThanThreshold":
    // Of a band the threshold is its highest bound; see AlarmFact.
    case "GreaterThanUpperThreshold":
    case "LessThanLowerOrGreaterThanUpperThreshold":
      return value > alarm.threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= alarm.threshold;
    case "LessThanThreshold":
      return value < alarm.threshold;
    case "LessThanOrEqualToThreshold":
      return value <= alarm.threshold;
    default:
      // Below a band, whose lower bound is not kept: nothing is said to breach.
      return false;
  }
}

/** The datapoints in the spans that breach. */
export function breachesIn(
  alarm: Pick<AlarmFact, "comparison" | "threshold">,
  judged: Series,
  spans: readonly Span[],
): Cell[] {
  return cells(judged).filter(({ at, value }) => within(spans, at) && breaches(alarm, value));
}

/** CloudWatch gives both from the same datapoints; only rounding on the way may tell them apart. */
const SAME = 1e-6;

/**
 * Whether the values of an expression are those of a metric wherever both have one, so that the expression does nothing
 * but leave periods out or put a value where there was none: `IF(requests >= 20, latency)`, `FILL(latency, 0)`. False
 * where there is no period to tell it by.
 */
export function choosesAmong(expression: Series, metric: Series): boolean {
  const both = cells(expression).flatMap(({ at, value }) => {
    const own = valueAt(metric, at);
    return own === null ? [] : [{ value, own }];
  });
  return both.length > 0 && both.every(({ value, own }) => Math.abs(value - own) <= SAME * Math.abs(own));
}

/** A stay in ALARM; okAt is null where it has not ended. */
export interface Stay {
  readonly alarmAt: Epoch;
  readonly okAt: Epoch | null;
}

/**
 * The stays in ALARM that the datapoints alone would give: ALARM while at least M of the newest N datapoints breach.
 * Missing datapoints are passed over, as CloudWatch does while enough real ones are in its evaluation range. Used only
 * where the alarm's history cannot be read; says when, to about a period.
 */
export function staysFromMetric(alarm: AlarmFact, series: Series): Stay[] {
  const stays: Stay[] = [];
  const recent: boolean[] = [];
  let since: Epoch | null = null;
  for (const [index, value] of series.values.entries()) {
    if (value === null) continue;
    recent.push(breaches(alarm, value));
    if (recent.length > alarm.evaluationPeriods) recent.shift();
    const known = series.start + (index + 1) * series.step;
    const alarming = recent.filter(Boolean).length >= alarm.datapointsToAlarm;
    if (alarming && since === null) since = known;
    if (!alarming && since !== null) {
      stays.push({ alarmAt: since, okAt: known });
      since = null;
    }
  }
  if (since !== null) stays.push({ alarmAt: since, okAt: null });
  return stays;
}

/**
 * The stays in ALARM that fall into the window, from the alarm's transitions. Where it was in ALARM before the window,
 * the first stay begins with the window; the alarm's present state tells what the history of one that never changed
 * cannot.
 */
export function staysFromHistory(
  transitions: readonly { readonly at: Epoch; readonly from: string; readonly to: string }[],
  window: Span,
  present: { readonly state: string },
): Stay[] {
  const stays: Stay[] = [];
  const inside = transitions.filter(({ at }) => at >= window.start && at < window.end);
  const before = transitions.filter(({ at }) => at < window.start).at(-1);
  const first = inside[0];
  const alarmBefore = first ? first.from === "ALARM" : (before?.to ?? present.state) === "ALARM";
  let since: Epoch | null = alarmBefore ? window.start : null;
  for (const { at, to } of inside) {
    if (to === "ALARM") since ??= at;
    else if (since !== null) {
      stays.push({ alarmAt: since, okAt: at });
      since = null;
    }
  }
  if (since !== null) stays.push({ alarmAt: since, okAt: null });
  return stays;
}

/** The stretch of breaching datapoints that belongs to a stay: from the first to the end of the last one. */
export function burstOf(alarm: AlarmFact, series: Series | null, stay: Stay, notBefore: Epoch, windowEnd: Epoch): Span {
  const reach = (alarm.evaluationPeriods + 2) * alarm.period;
  const from = Math.max(stay.alarmAt - reach, notBefore);
  const to = stay.okAt ?? windowEnd;
  let start: Epoch | null = null;
  let end: Epoch | null = null;
  for (const [index, value] of series?.values.entries() ?? []) {
    const at = (series?.start ?? 0) + index * alarm.period;
    if (value === null || at < from || at >= to || !breaches(alarm, value)) continue;
    start ??= at;
    end = at + alarm.period;
  }
  if (start !== null && end !== null) return { start, end };
  return {
    start: Math.max(stay.alarmAt - alarm.evaluationPeriods * alarm.period, notBefore),
    end: Math.max(to, stay.alarmAt),
  };
}
