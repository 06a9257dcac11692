import type { AlarmFact, AlarmState, Transition } from "../model/facts.ts";
import type { Judged } from "../model/metric.ts";
import type { Epoch } from "../model/time.ts";
import { breaches, lengthOf, strideOf } from "./alarm.ts";

/** The settings that decide an alarm's state. */
export interface AlarmRule
  extends Pick<
    AlarmFact,
    "statistic" | "threshold" | "comparison" | "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData"
  > {
  /** EvaluateLowSampleCountPercentile; CloudWatch's default is "evaluate". Only percentiles look at it. */
  readonly lowSamples?: "evaluate" | "ignore";
  /** Datapoints that are fetched beyond N, where another number than the assumed one is tried; see evaluationRange. */
  readonly beyond?: number;
}

/** A datapoint; null: missing. */
export type Datapoint = number | null;

/** Datapoints beyond N in the User Guide's one example. */
const BEYOND = 2;

/**
 * Datapoints that CloudWatch fetches to judge N: two more, as in the User Guide's one example (N = 3, five points). For
 * another N the guide says only that there are more than N, and that how many depends on the length of the period and on
 * whether the metric is a high-resolution one ("How alarm state is evaluated when data is missing"): that it stays
 * N + 2 is an assumption. It matters only while datapoints are missing, since otherwise the newest N decide; what rests
 * on it is tried with other numbers as well (`beyond`).
 */
export function evaluationRange({ evaluationPeriods, beyond = BEYOND }: Ranged): number {
  return evaluationPeriods + beyond;
}

type Ranged = Pick<AlarmRule, "evaluationPeriods" | "beyond">;

/**
 * The alarm's state after its newest datapoint. `points` ends with the newest one; of those before it only the
 * evaluation range is looked at. Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data",
 * whose two tables are the test vectors.
 *
 * With at least N real points in the range the newest N of them decide and the treatment of missing data is not used.
 * With fewer, all real ones count and the treatment fills what is missing to N.
 */
export function evaluate(points: readonly Datapoint[], rule: AlarmRule, before: AlarmState): AlarmState {
  const from = Math.max(0, points.length - evaluationRange(rule));
  let real = 0;
  let breaching = 0;
  // Long windows are replayed with many rules: no lists are made here.
  for (let index = points.length - 1; index >= from && real < rule.evaluationPeriods; index -= 1) {
    const value = points[index] ?? null;
    if (value === null) continue;
    real += 1;
    if (breaches(rule, value)) breaching += 1;
  }
  const filled = rule.evaluationPeriods - real;
  const alarming = breaching >= rule.datapointsToAlarm;
  if (filled === 0 || alarming) return alarming ? "ALARM" : "OK";
  switch (rule.treatMissingData) {
    case "breaching":
      return breaching + filled >= rule.datapointsToAlarm ? "ALARM" : "OK";
    case "notBreaching":
      return "OK";
    case "ignore":
      return real > breaching ? "OK" : before;
    case "missing":
      if (real === 0) return "INSUFFICIENT_DATA";
      if (real > breaching) return "OK";
      return isOldEnough(points.slice(from), rule.datapointsToAlarm) ? "ALARM" : before;
  }
}

/**
 * "Avoiding premature transitions to alarm state" (User Guide): with only breaching points and gaps in the range, the
 * alarm waits until the oldest breaching point is at least as old as the datapoints to alarm. Until then the guide says
 * only that it "does not go immediately into ALARM"; that it keeps its state is an assumption.
 */
function isOldEnough(range: readonly Datapoint[], datapointsToAlarm: number): boolean {
  return range.length - range.findIndex((value) => value !== null) >= datapointsToAlarm;
}

/**
 * Samples that a percentile needs to be told from chance: 10 / (1 − p) from the median up, 10 / p below it (User Guide,
 * "Percentile-based alarms and low data samples"): 1,000 for p99, 200 for p95. Null for every other statistic.
 */
export function samplesNeeded(statistic: string): number | null {
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percent === undefined) return null;
  const share = Number(percent) / 100;
  // 1 − 0.99 is not exactly 0.01: without the rounding p99 would need 1,001.
  return Math.ceil(Number((10 / (share >= 0.5 ? 1 - share : share)).toFixed(6)));
}

/** A change of state with the index of the datapoint that brought it. */
export interface Replayed extends Transition {
  readonly newest: number;
}

/**
 * The datapoints that an evaluation looks at, oldest first: the one at `newest` and those that lie end to end before it.
 * What lies before the first is missing.
 */
export function pointsAt(judged: Judged, newest: number, count: number): Datapoint[] {
  const stride = strideOf(judged);
  return Array.from(
    { length: count },
    (_, index) => judged.values.values[newest - (count - 1 - index) * stride] ?? null,
  );
}

/**
 * The alarm's changes of state over a metric, one evaluation for each datapoint, from the first whose evaluation range
 * lies in the metric. `delay` is the time from a datapoint's end to its evaluation; evaluations after `until` have not
 * happened. An alarm of a period above a minute is evaluated each minute over windows that slide (User Guide, "Alarm
 * evaluation"): exactly so where the metric holds those windows, and to about a period on the clock's alone.
 */
export function replayAlarm(
  judged: Judged,
  rule: AlarmRule,
  run: { readonly initially: AlarmState; readonly delay: number; readonly until: Epoch },
): { readonly transitions: Replayed[]; readonly state: AlarmState } {
  const { values, samples } = judged;
  const needed = rule.lowSamples === "ignore" ? samplesNeeded(rule.statistic) : null;
  const points = values.values;
  const { evaluationPeriods, datapointsToAlarm } = rule;
  const [stride, length] = [strideOf(judged), lengthOf(judged)];
  const range = evaluationRange(rule);
  const first = (range - 1) * stride;
  const kinds = new Int8Array(points.length);
  // Of the newest N datapoints end to end, counted along, so that a long N costs no more than a short one.
  const missing = new Int32Array(stride);
  const breaching = new Int32Array(stride);
  const transitions: Replayed[] = [];
  let state = run.initially;
  for (let newest = 0; newest < points.length; newest += 1) {
    const at = values.start + newest * values.step + length + run.delay;
    if (at > run.until) break;
    const value = points[newest] ?? null;
    const kind = value === null ? MISSING : breaches(rule, value) ? BREACHING : WITHIN;
    const before = newest - evaluationPeriods * stride;
    const gone = before < 0 ? WITHIN : kinds[before];
    const place = newest % stride;
    kinds[newest] = kind;
    missing[place] = (missing[place] ?? 0) + Number(kind === MISSING) - Number(gone === MISSING);
    breaching[place] = (breaching[place] ?? 0) + Number(kind === BREACHING) - Number(gone === BREACHING);
    // With "ignore" the state stays as it is while a percentile rests on too few samples.
    if (newest < first || (needed !== null && samples && (samples.values[newest] ?? 0) < needed)) continue;
    // Where none of them is missing, which is nearly always, M of them breach or not: `evaluate` says no more.
    const whole = (breaching[place] ?? 0) >= datapointsToAlarm ? "ALARM" : "OK";
    const next = missing[place] === 0 ? whole : evaluate(pointsAt(judged, newest, range), rule, state);
    if (next !== state) transitions.push({ at, from: state, to: next, newest });
    state = next;
  }
  return { transitions, state };
}

/** What a datapoint is to the alarm. */
const [WITHIN, BREACHING, MISSING] = [0, 1, 2];
