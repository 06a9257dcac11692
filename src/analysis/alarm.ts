import type { AlarmFact } from "../model/facts.ts";
import type { Judged } from "../model/metric.ts";
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

/** Seconds that each datapoint covers. */
export function lengthOf({ values, length = values.step }: Pick<Judged, "values" | "length">): number {
  return length;
}

/**
 * Steps from a datapoint to the next that an evaluation looks at: 1 on the clock's grid. Windows that slide overlap, and an
 * alarm judges those that lie end to end.
 */
export function strideOf(judged: Pick<Judged, "values" | "length">): number {
  return Math.max(1, Math.round(lengthOf(judged) / judged.values.step));
}

/** The beginnings of the steps that some of these datapoints cover, each once. */
export function coveredBy(points: readonly Cell[], judged: Pick<Judged, "values" | "length">): Set<Epoch> {
  const stride = strideOf(judged);
  const covered = new Set<Epoch>();
  for (const { at } of points) for (let step = 0; step < stride; step += 1) covered.add(at + step * judged.values.step);
  return covered;
}

/**
 * The stays in ALARM that the datapoints alone would give: ALARM while at least M of the newest N datapoints breach.
 * Missing datapoints are passed over, as CloudWatch does while enough real ones are in its evaluation range. Used only
 * where the alarm's history cannot be read; says when, to about a period.
 */
export function staysFromMetric(alarm: AlarmFact, judged: Pick<Judged, "values" | "length">): Stay[] {
  const { start, step, values } = judged.values;
  const stride = strideOf(judged);
  const stays: Stay[] = [];
  const recents = Array.from({ length: stride }, (): boolean[] => []);
  let since: Epoch | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const recent = recents[index % stride] ?? [];
    recent.push(breaches(alarm, value));
    if (recent.length > alarm.evaluationPeriods) recent.shift();
    const known = start + index * step + lengthOf(judged);
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

/**
 * The stretch of breaching datapoints that belongs to a stay: from the first to the end of the last one. Of windows that
 * slide the first breaches for what its last step brought and the last for what is left in its first, so that what is
 * told is from the one to the other, in whole periods of the clock: on these the other figures are read.
 */
export function burstOf(
  alarm: AlarmFact,
  judged: Pick<Judged, "values" | "length"> | null,
  stay: Stay,
  notBefore: Epoch,
  windowEnd: Epoch,
): Span {
  const reach = (alarm.evaluationPeriods + 2) * alarm.period;
  const from = Math.max(stay.alarmAt - reach, notBefore);
  const to = stay.okAt ?? windowEnd;
  const begins = judged ? breachingBetween(alarm, judged.values, from, to) : [];
  const [first, last] = [begins[0], begins.at(-1)];
  if (judged && first !== undefined && last !== undefined) {
    const { step } = judged.values;
    const length = lengthOf(judged);
    const core = { start: Math.min(first + length - step, last), end: Math.max(first + length, last + step) };
    return length === step ? core : inWhole(core, length);
  }
  return {
    start: Math.max(stay.alarmAt - alarm.evaluationPeriods * alarm.period, notBefore),
    end: Math.max(to, stay.alarmAt),
  };
}

/** Periods of the clock begin at its multiples of them, as CloudWatch aligns what it is asked for. */
function inWhole({ start, end }: Span, period: number): Span {
  return { start: Math.floor(start / period) * period, end: Math.ceil(end / period) * period };
}

/** When the breaching datapoints begin that begin in a stretch. */
function breachingBetween(alarm: AlarmFact, { start, step, values }: Series, from: Epoch, to: Epoch): Epoch[] {
  return values.flatMap((value, index) => {
    const at = start + index * step;
    return value !== null && at >= from && at < to && breaches(alarm, value) ? [at] : [];
  });
}
