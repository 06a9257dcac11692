import { evaluationRange, type Judged, replayAlarm } from "../analysis/alarm-evaluation.ts";
import { backtest, type Proposed, type Reproduction, reproduce, withPast, withTrouble } from "../analysis/backtest.ts";
import { cells, highest, valueAt } from "../analysis/series.ts";
import type { AlarmFact, EpisodesFact, LatencyFact } from "../model/facts.ts";
import type { Series } from "../model/time.ts";
import { duration } from "../model/words.ts";

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

/** A made-up trouble: for a quarter of an hour every request takes longer by this many times the threshold. */
const TROUBLE = { thresholds: 2, seconds: 900, places: 8 };

/** What a fix says of the made-up trouble; `slowest` as slowestCatch() has it. */
export function madeUpTrouble(slowest: number): string {
  const { thresholds, seconds, places } = TROUBLE;
  return `synthetic test: every request slower by ${thresholds} thresholds for ${duration(seconds)}, at ${places} points: seen each time, within ${duration(slowest)}`;
}

/**
 * The least change with which today's breaches would not have alarmed and real trouble still would: first the datapoints
 * that it takes, then periods with few requests left out, then the median instead of the average (one slow request does
 * not move it), then the threshold. Real trouble is made up, since
 * in this window there was none: see TROUBLE. Null where no candidate does both.
 */
export function calmerAlarm(alarm: AlarmFact, metric: LatencyFact, episodes: EpisodesFact): Proposal | null {
  const today = reproduce(alarm, metric, episodes);
  const delay = today?.delay ?? alarm.period;
  for (const change of candidates(alarm, metric)) {
    const rule = ruleOf(alarm, change);
    const judged = judgedWith(metric, seriesOf(metric, change), change);
    const result = backtest(rule, judged, episodes, delay);
    if (result.cycles > 0) continue;
    const slowest = slowestCatch(rule, judged, alarm, delay);
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

function* candidates(alarm: AlarmFact, metric: LatencyFact): Generator<AlarmChange> {
  const same: AlarmChange = { ...pick(alarm), leastRequests: null };
  const longer = DATAPOINTS.filter(([m, n]) => m > alarm.datapointsToAlarm && n * alarm.period <= 900);
  for (const [datapointsToAlarm, evaluationPeriods] of longer) yield { ...same, datapointsToAlarm, evaluationPeriods };
  // A least number of requests silences the alarm for ever where the service seldom has as many.
  const usual = highest(cells(metric.requests).map(({ value }) => value)) ?? 0;
  if (!alarm.expression)
    for (const leastRequests of REQUESTS) if (leastRequests <= usual / 2) yield { ...same, leastRequests };
  if (alarm.statistic === "Average" && !alarm.expression) {
    yield { ...same, statistic: "p50" };
    for (const [datapointsToAlarm, evaluationPeriods] of longer.slice(0, 2))
      yield { ...same, statistic: "p50", datapointsToAlarm, evaluationPeriods };
  }
  for (const factor of THRESHOLDS) {
    const threshold = Number((alarm.threshold * factor).toPrecision(2));
    yield { ...same, threshold };
    for (const [datapointsToAlarm, evaluationPeriods] of longer.slice(0, 2))
      yield { ...same, threshold, datapointsToAlarm, evaluationPeriods };
  }
}

function pick({ statistic, threshold, evaluationPeriods, datapointsToAlarm }: AlarmFact) {
  return { statistic, threshold, evaluationPeriods, datapointsToAlarm };
}

function seriesOf(metric: LatencyFact, { statistic }: AlarmChange): Series {
  return statistic === "p50" ? metric.p50 : metric.judged;
}

function judgedWith(metric: LatencyFact, values: Series, { leastRequests }: AlarmChange): Judged {
  const kept = values.values.map((value, index) => {
    const requests = valueAt(metric.requests, values.start + index * values.step) ?? 0;
    return leastRequests !== null && requests < leastRequests ? null : value;
  });
  return { values: { ...values, values: kept }, samples: metric.requests };
}

/**
 * Seconds from the beginning of a made-up trouble to the rule's alarm, in the worst of the places that were tried: 0 where
 * it is in ALARM already. Null where the trouble is missed at one of them. The trouble is as large as today's threshold
 * makes it, whatever the rule's own is.
 */
export function slowestCatch(
  rule: AlarmFact,
  { values: judged, samples }: Judged,
  today: AlarmFact,
  delay: number,
): number | null {
  const length = Math.ceil(TROUBLE.seconds / today.period);
  const range = evaluationRange(rule);
  const whole = withPast({ values: judged, samples }, rule);
  // Until the trouble begins all goes as without it: that is run once, and of each trouble only its own quarter of an hour.
  const usual = replayAlarm(whole, rule, { initially: "OK", delay, until: Number.POSITIVE_INFINITY }).transitions;
  let slowest = 0;
  for (let index = 0; index < TROUBLE.places; index += 1) {
    const place = Math.floor(((index + 0.5) / TROUBLE.places) * (judged.values.length - length));
    if (place < 0) return null;
    const begin = judged.start + place * judged.step;
    const earlier = usual.filter(({ newest }) => newest < range + place);
    // With the datapoints before it that its first one is judged with.
    const [from, to] = [place + 1, place + range + Math.ceil(TROUBLE.seconds / judged.step)];
    const values = withTrouble(part(whole.values, from, to), range - 1, length, TROUBLE.thresholds * today.threshold);
    const run = { initially: earlier.at(-1)?.to ?? "OK", delay, until: begin + TROUBLE.seconds + delay } as const;
    const later = replayAlarm({ values, samples: whole.samples && part(whole.samples, from, to) }, rule, run);
    const transitions = [...earlier, ...later.transitions];
    const before = transitions.filter(({ at }) => at < begin).at(-1);
    if (before?.to === "ALARM") continue;
    const caught = transitions.find(({ to, at }) => to === "ALARM" && at >= begin);
    if (!caught) return null;
    slowest = Math.max(slowest, caught.at - begin);
  }
  return slowest;
}

function part(series: Series, from: number, to: number): Series {
  return { ...series, start: series.start + from * series.step, values: series.values.slice(from, to) };
}
