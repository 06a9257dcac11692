import { lengthOf, type Stay } from "../analysis/alarm.ts";
import { samplesNeeded } from "../analysis/alarm-evaluation.ts";
import { backtest, type Proposed, pastOf, type Reproduction, reproduce } from "../analysis/backtest.ts";
import { highest, lowest, within } from "../analysis/series.ts";
import type { AlarmFact, EpisodesFact, GroupLoad } from "../model/facts.ts";
import { badSide, type Judged, type JudgedMetric, type MetricUnit } from "../model/metric.ts";
import { slowestCatch } from "./made-up-trouble.ts";

/** Today's alarm with other settings, back-tested against today's episodes, which are all real. */
export interface Rejudged {
  /** The whole new definition. */
  readonly alarm: AlarmFact;
  /** The target group that it would watch alone; null: it watches what today's does. */
  readonly group: GroupLoad | null;
  readonly run: Proposed;
  /** Ids of today's episodes that it would not have shown. */
  readonly missed: readonly number[];
  /** Seconds that it would have come later than today's in the worst of the others; 0: never later. */
  readonly latest: number;
  /** Seconds that it stays in ALARM after the trouble, at the most: by its settings, or longer as it went here. */
  readonly lingers: number;
  /** Stays in ALARM in which today's alarm was OK all the time. */
  readonly beside: number;
}

export interface Steadier {
  readonly today: Reproduction;
  /** The least change that is calmer and complete; null: there is none. */
  readonly proposal:
    | (Rejudged & {
        /** Seconds from the beginning of a made-up trouble to the alarm, at worst. */
        readonly slowestCatch: number;
        /** Fewest and most cycles, with 0 to 3 datapoints assumed beyond N; see evaluationRange. */
        readonly cyclesAnyRange: readonly [number, number];
      })
    | null;
  /** The proposal's settings on the guilty target group alone, where the proposal leaves the alarm on all of them. */
  readonly alone: (Rejudged & { readonly group: GroupLoad; readonly complete: boolean }) | null;
  /** What one would try first, where it hides episodes or calms nothing. */
  readonly tempting: readonly Rejudged[];
}

/** Fewer cycles in the window are incidents, not flapping (as the factor noisy-evaluation has it). */
const FLAPPING = 3;
/**
 * A change, and each step further, must at least halve the cycles: an alarm is changed to be told once instead of again
 * and again, and for less the people who know it should not have to learn it anew.
 */
const CALMER = 0.5;
/**
 * Seconds for which it may stay in ALARM while today's alarm was OK. An hour is the long window of the fastest page in
 * the SRE Workbook (ch. 5, recommended windows and burn rates), which finds a reset after 58 minutes too slow where
 * there is a better way; so the shortest that calms is taken, and this is the end.
 */
const LINGER = 3600;
/** N of M of N, in seconds: round figures, so that a gap a little longer than those of this window is bridged as well. */
const SPANS = [300, 600, 900, 1200, 1800, 2700, 3600] as const;
/** CloudWatch's limit on period × N, for periods below an hour and from there on (PutMetricAlarm). */
const LONGEST = { short: 86_400, long: 604_800 };
/** Transitions of today's alarm that its rebuilding must meet, as a share: below that the back-test is not believed. */
const BELIEVED = 0.9;
/** Datapoints beyond N that CloudWatch may fetch: the assumed two, and others. */
const BEYOND = [0, 1, 2, 3] as const;

/**
 * The alarm as a messenger, where the trouble is real and it flaps: the least change with which it would have shown every
 * episode, at most twice as late as today, in at most half as many stays. First more datapoints to look back on (M of
 * N), then a percentile instead of the average, then the guilty target group alone. A change of the threshold is none of
 * these: it hides trouble. Null where the alarm does not flap, or today's cannot be rebuilt from its datapoints.
 */
export function steadierAlarm(
  alarm: AlarmFact,
  metric: JudgedMetric,
  episodes: EpisodesFact,
  guilty: GuiltyGroup | null = null,
): Steadier | null {
  if (badSide(alarm) === "outside" || episodes.cycles < FLAPPING) return null;
  const today = reproduce(alarm, metric, episodes);
  if (!today || today.met < BELIEVED * Math.max(today.history.length, today.transitions.length)) return null;
  const { unit } = metric;
  const catches = slowestCatch(alarm, metric, alarm, unit, today.delay);
  const given: Given = { alarm, episodes, unit, delay: today.delay, catches };
  const tempting = temptations(given, metric);
  const alone = guilty && { alarm, ...guilty };
  for (const kind of [...wholeKinds(alarm, metric, episodes), ...(alone ? [alone] : [])]) {
    const proposal = leastOf(given, kind);
    if (proposal) return { today, proposal, alone: alone ? aloneOf(given, alone, proposal) : null, tempting };
  }
  return { today, proposal: null, alone: null, tempting };
}

/** The target group that made the trouble, where the others are quiet, with the alarm's statistic of it alone. */
export interface GuiltyGroup {
  readonly group: GroupLoad;
  readonly judged: Judged;
}

interface Given {
  readonly alarm: AlarmFact;
  readonly episodes: EpisodesFact;
  readonly unit: MetricUnit;
  readonly delay: number;
  /** Seconds in which today's alarm sees a made-up trouble at worst; null: it misses one. */
  readonly catches: number | null;
}

/** What is judged, and of which target group alone; the numbers of datapoints are still open. */
interface Kind {
  readonly alarm: AlarmFact;
  readonly group: GroupLoad | null;
  readonly judged: Judged;
}

function wholeKinds(alarm: AlarmFact, metric: JudgedMetric, { episodes }: EpisodesFact): Kind[] {
  const today = { alarm, group: null, judged: metric };
  // Over an expression only its own values are known.
  if (alarm.statistic !== "Average" || alarm.expression) return [today];
  const fewest = lowest(episodes.map(({ fewestRequests }) => fewestRequests ?? 0)) ?? 0;
  // On fewer samples a percentile is the chance of single requests (User Guide, "low data samples").
  const percentiles = Object.entries(metric.statistics).filter(([one]) => {
    const needed = samplesNeeded(one);
    return needed !== null && fewest >= needed;
  });
  return [
    today,
    ...percentiles.map(([statistic, values]) => ({
      alarm: { ...alarm, statistic },
      group: null,
      judged: { ...metric, values },
    })),
  ];
}

function aloneOf(given: Given, guilty: Kind & { group: GroupLoad }, { alarm, group }: Rejudged): Steadier["alone"] {
  if (group || alarm.statistic !== given.alarm.statistic) return null;
  const rejudged = rejudge(given, { ...guilty, alarm });
  const complete = isComplete(given, rejudged) && staysQuiet(given, { ...guilty, alarm });
  return { ...rejudged, group: guilty.group, complete };
}

function leastOf(given: Given, kind: Kind): Steadier["proposal"] {
  let best: Steadier["proposal"] = null;
  for (const settings of datapoints(given.alarm)) {
    const cycles = best?.run.cycles ?? given.episodes.cycles;
    const rejudged = rejudge(given, { ...kind, alarm: { ...kind.alarm, ...settings } });
    // Half of no cycle is none: nothing further is calmer.
    if (best?.run.cycles === 0) break;
    if (rejudged.run.cycles > CALMER * cycles || !isComplete(given, rejudged)) continue;
    const ranges = anyRange(given, rejudged, kind.judged);
    if (!ranges.every((one) => isComplete(given, one))) continue;
    const cyclesOf = ranges.map(({ run }) => run.cycles);
    const slowest = seenInTime(given, kind, rejudged);
    if (slowest === null || !staysQuiet(given, { ...kind, alarm: rejudged.alarm })) continue;
    best = {
      ...rejudged,
      slowestCatch: slowest,
      cyclesAnyRange: [Math.min(...cyclesOf), Math.max(...cyclesOf)],
    };
  }
  return best;
}

/** M of N, the least N first, and for each N the M of today before a larger one. */
function* datapoints(alarm: AlarmFact): Generator<Pick<AlarmFact, "datapointsToAlarm" | "evaluationPeriods">> {
  const { datapointsToAlarm, evaluationPeriods, period } = alarm;
  const longest = period < 3600 ? LONGEST.short : LONGEST.long;
  const more = SPANS.map((span) => Math.floor(span / period)).filter((n) => n > evaluationPeriods);
  for (const n of [evaluationPeriods, ...more].filter((one) => one * period <= longest))
    for (let m = datapointsToAlarm; m <= Math.min(2 * datapointsToAlarm, n); m += 1)
      yield { datapointsToAlarm: m, evaluationPeriods: n };
}

function rejudge({ alarm: today, episodes, delay }: Given, { alarm, group, judged }: Kind, beyond?: number): Rejudged {
  const rule = beyond === undefined ? alarm : { ...alarm, beyond };
  const run = backtest(rule, judged, episodes, delay, pastOf(episodes));
  const late = run.caught.flatMap(({ later }) => later ?? []);
  const end = episodes.window.end;
  return {
    alarm,
    group,
    run,
    missed: run.caught.flatMap(({ episode, later }) => (later === null ? [episode] : [])),
    latest: Math.max(0, ...late),
    lingers: Math.max(
      (alarm.evaluationPeriods - alarm.datapointsToAlarm) * today.period,
      longestBeside(run.stays, episodes),
    ),
    beside: run.stays.filter(
      (stay) =>
        !episodes.episodes.some(({ burst, okAt }) => stay.alarmAt < (okAt ?? end) && (stay.okAt ?? end) > burst.start),
    ).length,
  };
}

/**
 * Shows every episode, nothing besides, is OK again within bounds, and is late by no more than the datapoints that today's
 * alarm waits for: the time until somebody is told at most doubles. CloudWatch's own moments differ by seconds.
 */
function isComplete({ alarm }: Given, { missed, latest, lingers, beside }: Rejudged): boolean {
  const inTime = latest < (alarm.datapointsToAlarm + 0.5) * alarm.period;
  return missed.length === 0 && inTime && lingers <= LINGER && beside === 0;
}

/** Where datapoints are missing, the outcome may rest on how many CloudWatch fetches; otherwise it cannot. */
function anyRange(given: Given, rejudged: Rejudged, judged: Judged): readonly Rejudged[] {
  if (!judged.values.values.includes(null)) return [rejudged];
  return BEYOND.map((beyond) => rejudge(given, { ...rejudged, judged }, beyond));
}

/** As late as today's alarm sees the same made-up trouble, and its own datapoints once more at the most. */
function seenInTime({ alarm, unit, delay, catches }: Given, kind: Kind, { alarm: rule }: Rejudged): number | null {
  const then = slowestCatch(rule, kind.judged, alarm, unit, delay);
  return catches !== null && then !== null && then < catches + (alarm.datapointsToAlarm + 0.5) * alarm.period
    ? then
    : null;
}

/**
 * With the episodes cut out of the record it would have been OK all the time: what it tells of is the trouble, and it ends
 * when that does. Without this, one that is never OK would pass where the episodes come close enough together.
 */
function staysQuiet({ alarm: today, episodes, delay }: Given, { alarm, judged }: Kind): boolean {
  const { start, step, values } = judged.values;
  // Minutes beside a burst can be its beginning or its end in another statistic.
  const margin = today.evaluationPeriods * today.period;
  // Windows that slide reach into a burst from before it.
  const reach = margin + lengthOf(judged) - step;
  const cut = episodes.episodes.map(({ burst }) => ({ start: burst.start - reach, end: burst.end + margin }));
  const good = badSide(alarm) === "below" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const rest = values.map((value, index) => (within(cut, start + index * step) ? good : value));
  const run = backtest(alarm, { ...judged, values: { ...judged.values, values: rest } }, episodes, delay);
  return run.stays.length === 0;
}

/** The longest stretch of the stays that lies outside today's episodes, seconds. */
function longestBeside(stays: readonly Stay[], { episodes, window }: EpisodesFact): number {
  const stretches = stays.flatMap((stay) => {
    let from = stay.alarmAt;
    const until = stay.okAt ?? window.end;
    const outside: number[] = [];
    for (const { alarmAt, okAt } of episodes) {
      if (alarmAt > from) outside.push(Math.min(alarmAt, until) - from);
      from = Math.max(from, okAt ?? window.end);
      if (from >= until) break;
    }
    return [...outside, until - from];
  });
  return highest(stretches) ?? 0;
}

/** More datapoints in a row, and a threshold further off: what quiets a flapping alarm at first sight. */
function temptations(given: Given, watched: Judged): Rejudged[] {
  const { alarm } = given;
  const further = badSide(alarm) === "below" ? alarm.threshold / 2 : 2 * alarm.threshold;
  const inARow = Math.max(5, 2 * alarm.evaluationPeriods);
  const changes = [
    { evaluationPeriods: inARow, datapointsToAlarm: inARow },
    { threshold: Number(further.toPrecision(2)) },
  ];
  return changes
    .map((change) => rejudge(given, { alarm: { ...alarm, ...change }, group: null, judged: watched }))
    .filter((one) => one.missed.length > 0 || one.run.cycles > CALMER * given.episodes.cycles);
}
