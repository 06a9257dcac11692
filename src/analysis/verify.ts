import type { EpisodesFact, Facts, LatencyFact } from "../model/facts.ts";
import type { Series } from "../model/time.ts";
import { type AlarmRule, evaluate } from "./alarm-evaluation.ts";
import { cells, highest, median, quantile, sum, valueAt, valuesWhere, within } from "./series.ts";

/** The facts of one session that a comparison reads. */
export type VerifyFacts = Pick<Facts, "alarm" | "alarmMetric" | "episodes"> & Partial<Facts>;

/** How one minute's load compares: the service's requests, or the load balancer's where the service is not known. */
export interface LoadClass {
  /** Requests a period, from (inclusive) to (exclusive; null: no upper end). */
  readonly from: number;
  readonly to: number | null;
  readonly before: Level | null;
  readonly after: Level | null;
}

/** Latency of the periods of one load class. */
export interface Level {
  readonly periods: number;
  /** Request-weighted mean and the worst period's mean, seconds. */
  readonly mean: number;
  readonly worst: number;
}

export interface Comparison {
  /**
   * fixed: load as heavy as then came again, and the alarm's metric stayed within. not fixed: it breached at such a load
   * or below it. unproven: the alarm is quiet, and the load that raised it has not come. unknown: what it takes to say is
   * missing.
   */
  readonly outcome: "fixed" | "not fixed" | "unproven" | "unknown";
  /** In one sentence. */
  readonly statement: string;
  readonly proven: readonly string[];
  readonly open: readonly string[];
  /** When it can be known: the hour of the day (UTC) at which such load came before; null where nothing tells. */
  readonly nextAt: string | null;
  readonly classes: readonly LoadClass[];
  /** Requests of a period of the usual burst, then; and how many periods since had as many. */
  readonly burstLoad: number | null;
  readonly comparable: number;
}

/** A period is as heavy as a burst's from this share of its usual requests on (as deploy-regression compares loads). */
const COMPARABLE = 0.8;
/** Fewer comparable periods than a burst has may be chance: at least as many as the shortest of the alarm's episodes had. */
const LEAST_PERIODS = 2;
/** Load classes: thirds of the quiet load, and that of the bursts. */
const CLASSES = [0, 1 / 3, 2 / 3] as const;

/**
 * Compares now with then, load for load (000 L5–L7): a quiet alarm proves a fix only if the load that raised it has come
 * again. Pure: two sessions' facts in, words and figures out.
 */
export function compareSessions(then: VerifyFacts, now: VerifyFacts): Comparison {
  const before = then.guiltyMetric ?? then.alarmMetric;
  // What came before the change, or was seen by the first session already, is no evidence of the change.
  const since = changedAt(then, now);
  const after = clipped(now.guiltyMetric ?? now.alarmMetric, since);
  const burstLoad = usualBurst(before, then.episodes);
  const classes = classesOf(before, after, burstLoad);
  const nextAt = usualHour(then.episodes);
  if (burstLoad === null || then.episodes.episodes.length === 0)
    return unknown(
      "the first session holds no episode with its requests: there is nothing to compare with",
      classes,
      nextAt,
    );
  if (cells(after.requests).length === 0)
    return unknown(
      "the second session holds no requests after the first one and after the change: look again later",
      classes,
      nextAt,
    );
  const comparable = cells(after.requests).filter(({ value }) => value >= COMPARABLE * burstLoad);
  const breached = now.episodes.episodes.filter(({ burst }) => burst.start >= since);
  const common = { nextAt, classes, burstLoad, comparable: comparable.length };
  if (breached.length > 0) return notFixed(breached, after, burstLoad, common);
  const needed = Math.max(LEAST_PERIODS, shortestBurst(then));
  const most = highest(cells(after.requests).map(({ value }) => value)) ?? 0;
  const share = Math.round((100 * most) / burstLoad);
  if (comparable.length < needed) {
    return {
      ...common,
      outcome: "unproven",
      statement: `the alarm is quiet, but the load has not come back: the busiest period since had ${most} requests, ${share} % of the episodes' usual ${Math.round(burstLoad)}`,
      proven: provenBelow(classes),
      open: [
        `${needed} periods of at least ${Math.ceil(COMPARABLE * burstLoad)} requests are needed to say; there ${comparable.length === 1 ? "was 1" : `were ${comparable.length}`}`,
        ...(nextAt === null ? [] : [`the episodes began ${nextAt}: look again after that`]),
      ],
    };
  }
  return judgeComparable(
    then,
    now,
    after,
    comparable.map(({ at }) => at),
    common,
  );
}

type Common = Pick<Comparison, "nextAt" | "classes" | "burstLoad" | "comparable">;

function judgeComparable(
  then: VerifyFacts,
  now: VerifyFacts,
  after: LatencyFact,
  times: readonly number[],
  common: Common,
): Comparison {
  const average = (metric: LatencyFact, chosen: (at: number) => boolean) => levelOf(metric, chosen)?.mean ?? null;
  const bursts = then.episodes.episodes.map(({ burst }) => burst);
  const old = average(then.guiltyMetric ?? then.alarmMetric, (at) => within(bursts, at));
  const fresh = average(after, (at) => times.includes(at));
  // The same rule on the same metric, so that an alarm that was changed meanwhile does not prove a service.
  const strict = wouldAlarm(then.alarm, clipped(now.alarmMetric, changedAt(then, now)));
  const figures = `${times.length} periods as heavy as the episodes took ${rounded(fresh)} s on average, ${rounded(old)} s then`;
  if (strict)
    return {
      ...common,
      outcome: "not fixed",
      statement: `the alarm is quiet only because it was changed: by its old settings it would have fired; ${figures}`,
      proven: [],
      open: ["whether the levels that the new alarm lets pass are good enough for the users"],
    };
  return {
    ...common,
    outcome: "fixed",
    statement: `quiet because it is fixed: ${figures}`,
    proven: [figures, "the alarm's old settings would have stayed OK over these datapoints"],
    open: [...openPoints(now)],
  };
}

/** What a quiet burst does not prove yet (000 L4, L7). */
function openPoints({ autoscaler, demand, workers }: VerifyFacts): string[] {
  const target = autoscaler?.target;
  const most = autoscaler?.replicas ? highest(cells(autoscaler.replicas).map(({ value }) => value)) : null;
  const points: string[] = [];
  if (target && most !== null && most <= target.min)
    points.push(
      `the autoscaler stayed at ${target.min} pods: the workers carried the load alone, so whether it can trigger is still to be seen`,
    );
  if (workers?.workers && workers.workers > 1 && demand && workers.residentMemory)
    points.push("memory: each worker builds its own as it warms up; look again after a day");
  return points;
}

function notFixed(
  breached: EpisodesFact["episodes"],
  after: LatencyFact,
  burstLoad: number,
  common: Common,
): Comparison {
  const loads = breached.map(({ burst }) => peak(after, (at) => within([burst], at)));
  const least = Math.min(...loads);
  const heavier = least > burstLoad / COMPARABLE;
  const size = heavier
    ? `all of them under more load than then (at least ${least} requests a period, ${Math.round(burstLoad)} then)`
    : `at ${least} requests a period and more, ${Math.round(burstLoad)} then`;
  return {
    ...common,
    outcome: "not fixed",
    statement: `the alarm fired ${breached.length === 1 ? "once" : `${breached.length} times`} since, ${size}`,
    proven: heavier ? ["it handles the load of then; this was more"] : [],
    open: [],
  };
}

function unknown(statement: string, classes: readonly LoadClass[], nextAt: string | null): Comparison {
  return {
    outcome: "unknown",
    statement,
    proven: [],
    open: [statement],
    nextAt,
    classes,
    burstLoad: null,
    comparable: 0,
  };
}

/**
 * From when on the second session's datapoints count: from the newest rollout that the first one did not know, else from
 * the first one's end.
 */
function changedAt(then: VerifyFacts, now: VerifyFacts): number {
  const known = new Set((then.rollouts ?? []).map(({ replicaSet }) => replicaSet));
  const fresh = (now.rollouts ?? []).filter(({ replicaSet }) => !known.has(replicaSet));
  return fresh.at(-1)?.at ?? then.episodes.window.end;
}

/** The metric without what lies before a time. */
function clipped(metric: LatencyFact, since: number): LatencyFact {
  const cut = (series: Series): Series => ({
    ...series,
    values: series.values.map((value, index) => (series.start + index * series.step >= since ? value : null)),
  });
  return { ...metric, judged: cut(metric.judged), average: cut(metric.average), requests: cut(metric.requests) };
}

function usualBurst(metric: LatencyFact, { episodes }: EpisodesFact): number | null {
  return median(episodes.map(({ burst }) => peak(metric, (at) => within([burst], at))).filter((value) => value > 0));
}

function peak({ requests }: LatencyFact, chosen: (at: number) => boolean): number {
  return highest(valuesWhere(requests, chosen)) ?? 0;
}

function shortestBurst({ episodes, alarm }: VerifyFacts): number {
  const lengths = episodes.episodes.map(({ burst }) => Math.round((burst.end - burst.start) / alarm.period));
  return lengths.length === 0 ? LEAST_PERIODS : Math.min(...lengths);
}

/** Load classes from the first session's quiet load, and above them that of its bursts. */
function classesOf(before: LatencyFact, after: LatencyFact, burstLoad: number | null): LoadClass[] {
  const loads = cells(before.requests).map(({ value }) => value);
  const edges = CLASSES.map((part) => (part === 0 ? 0 : Math.round(quantile(loads, part) ?? 0)));
  const top = burstLoad === null ? [] : [Math.round(COMPARABLE * burstLoad)];
  const limits = [...new Set([...edges, ...top])].sort((a, b) => a - b);
  return limits.map((from, index) => {
    const to = limits[index + 1] ?? null;
    const here = (metric: LatencyFact) => (at: number) => {
      const load = valueAt(metric.requests, at) ?? 0;
      return load >= from && (to === null || load < to);
    };
    return { from, to, before: levelOf(before, here(before)), after: levelOf(after, here(after)) };
  });
}

function levelOf(metric: LatencyFact, chosen: (at: number) => boolean): Level | null {
  const found = cells(metric.average).filter(({ at }) => chosen(at) && (valueAt(metric.requests, at) ?? 0) > 0);
  const weights = found.map(({ at }) => valueAt(metric.requests, at) ?? 0);
  const worst = highest(found.map(({ value }) => value));
  if (worst === null) return null;
  const mean = sum(found.map(({ value }, index) => value * (weights[index] ?? 0))) / sum(weights);
  return { periods: found.length, mean, worst };
}

function provenBelow(classes: readonly LoadClass[]): string[] {
  return classes.flatMap(({ from, to, before, after }) =>
    before && after
      ? [
          `${from}${to === null ? " requests and more" : `–${to} requests`} a period: ${rounded(after.mean)} s on average, ${rounded(before.mean)} s then`,
        ]
      : [],
  );
}

function wouldAlarm(rule: AlarmRule, { judged }: LatencyFact): boolean {
  return judged.values.some((_, index) => evaluate(judged.values.slice(0, index + 1), rule, "OK") === "ALARM");
}

/** The hours of the day in which the episodes began, first to last. */
function usualHour({ episodes }: EpisodesFact): string | null {
  const hours = episodes.map(({ alarmAt }) => Math.floor((alarmAt % 86_400) / 3600));
  if (hours.length === 0) return null;
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  return `between ${clock(Math.min(...hours))} and ${clock(Math.max(...hours) + 1)} UTC`;
}

function rounded(value: number | null): string {
  return value === null ? "?" : String(Number(value.toPrecision(2)));
}
