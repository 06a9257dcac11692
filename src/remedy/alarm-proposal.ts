import { backtest, type Proposed, type Reproduction, reproduce } from "../analysis/backtest.ts";
import { cells, highest, valueAt } from "../analysis/series.ts";
import type { AlarmFact, EpisodesFact } from "../model/facts.ts";
import { badSide, type Judged, type JudgedMetric } from "../model/metric.ts";
import { slowestCatch } from "./made-up-trouble.ts";

/** Other settings for an alarm. */
export interface AlarmChange {
  readonly statistic: string;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** Periods with fewer requests than this count as missing, and missing as well; null: all count. */
  readonly leastRequests: number | null;
}

export interface Proposal {
  readonly change: AlarmChange;
  readonly today: Reproduction | null;
  readonly backtest: Proposed;
  /** Seconds from the beginning of a made-up trouble to the alarm, in the worst of the places that were tried. */
  readonly slowestCatch: number;
}

/**
 * The least change with which today's breaches would not have alarmed and real trouble still would: first the datapoints
 * that it takes, then periods with few requests left out, then the median instead of the average (one slow request does
 * not move it), then the threshold. Real trouble is made up, since
 * in this window there was none: see TROUBLE. Null where no candidate does both.
 */
export function calmerAlarm(alarm: AlarmFact, metric: JudgedMetric, episodes: EpisodesFact): Proposal | null {
  const today = reproduce(alarm, metric, episodes);
  const delay = today?.delay ?? metric.values.step;
  for (const change of candidates(alarm, metric)) {
    const rule = ruleOf(alarm, change);
    const judged = judgedWith(metric, change);
    const result = backtest(rule, judged, episodes, delay);
    if (result.cycles > 0) continue;
    const slowest = slowestCatch(rule, judged, alarm, metric.unit, delay);
    if (slowest !== null) return { change, today, backtest: result, slowestCatch: slowest };
  }
  return null;
}

function ruleOf(alarm: AlarmFact, change: AlarmChange): AlarmFact {
  const { statistic, threshold, evaluationPeriods, datapointsToAlarm, leastRequests } = change;
  const treatMissingData = leastRequests === null ? alarm.treatMissingData : "notBreaching";
  return { ...alarm, statistic, threshold, evaluationPeriods, datapointsToAlarm, treatMissingData };
}

/** Numbers of datapoints that people use, the quickest first (M of N). */
const DATAPOINTS = [
  [3, 3],
  [3, 5],
  [4, 5],
  [5, 5],
  [6, 10],
  [8, 10],
] as const;
/** Requests a period from which one slow request no longer makes the average. */
const REQUESTS = [10, 20, 30, 50] as const;
const THRESHOLDS = [1.25, 1.5, 2, 2.5] as const;

/** The median is not moved by one slow request. */
const MEDIAN = "p50";

function* candidates(alarm: AlarmFact, metric: JudgedMetric): Generator<AlarmChange> {
  const same: AlarmChange = { ...pick(alarm), leastRequests: null };
  const longer = DATAPOINTS.filter(([m, n]) => m > alarm.datapointsToAlarm && n * alarm.period <= 900);
  for (const [datapointsToAlarm, evaluationPeriods] of longer) yield { ...same, datapointsToAlarm, evaluationPeriods };
  // A least number of requests silences the alarm for ever where the service seldom has as many. Only what is a mean or a
  // percentile of requests is moved by a single one.
  const usual = metric.samples ? (highest(cells(metric.samples).map(({ value }) => value)) ?? 0) : 0;
  if (!alarm.expression && metric.traffic)
    for (const leastRequests of REQUESTS) if (leastRequests <= usual / 2) yield { ...same, leastRequests };
  if (alarm.statistic === "Average" && !alarm.expression && metric.statistics[MEDIAN]) {
    yield { ...same, statistic: MEDIAN };
    for (const [datapointsToAlarm, evaluationPeriods] of longer.slice(0, 2))
      yield { ...same, statistic: MEDIAN, datapointsToAlarm, evaluationPeriods };
  }
  for (const threshold of thresholds(alarm, metric)) {
    yield { ...same, threshold };
    for (const [datapointsToAlarm, evaluationPeriods] of longer.slice(0, 2))
      yield { ...same, threshold, datapointsToAlarm, evaluationPeriods };
  }
}

/** Further away from where the metric usually is: higher, or lower where low values are bad. Whole where it is counted. */
function thresholds(alarm: AlarmFact, { unit }: JudgedMetric): number[] {
  const below = badSide(alarm) === "below";
  const whole = unit.kind === "count" || unit.kind === "hosts" || unit.kind === "connections";
  const found = THRESHOLDS.map((factor) => {
    const moved = below ? alarm.threshold / factor : alarm.threshold * factor;
    if (whole) return below ? Math.floor(moved) : Math.ceil(moved);
    return Number(moved.toPrecision(2));
  });
  return [...new Set(found)].filter((threshold) => threshold !== alarm.threshold);
}

function pick({ statistic, threshold, evaluationPeriods, datapointsToAlarm }: AlarmFact) {
  return { statistic, threshold, evaluationPeriods, datapointsToAlarm };
}

function judgedWith(metric: JudgedMetric, { statistic, leastRequests }: AlarmChange): Judged {
  const values = (statistic === MEDIAN ? metric.statistics[MEDIAN] : undefined) ?? metric.values;
  const { samples } = metric;
  const kept = values.values.map((value, index) => {
    const requests = samples ? (valueAt(samples, values.start + index * values.step) ?? 0) : 0;
    return leastRequests !== null && requests < leastRequests ? null : value;
  });
  return { ...metric, values: { ...values, values: kept } };
}
