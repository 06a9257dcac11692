import type { EpisodesFact, Facts } from "../model/facts.ts";
import type { MetricUnit } from "../model/metric.ts";
import { valueWords } from "../model/metric-words.ts";
import { duration } from "../model/words.ts";
import { classesOf, clipped, type LoadClass, type Loaded, levelOf, loadedOf, peak } from "./loads.ts";
import { wouldHaveAlarmed } from "./old-settings.ts";
import { cells, highest, median, within } from "./series.ts";

/** The facts of one session that a comparison reads. */
export type VerifyFacts = Pick<Facts, "alarm" | "judged" | "episodes"> & Partial<Facts>;

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
  /** What the levels are in, and what the loads count. */
  readonly unit: MetricUnit;
  readonly counts: string;
}

/** A period is as heavy as a burst's from this share of its usual requests on (as deploy-regression compares loads). */
const COMPARABLE = 0.8;
/** Fewer comparable periods than a burst has may be chance: at least as many as the shortest of the alarm's episodes had. */
const LEAST_PERIODS = 2;
/**
 * Compares now with then, load for load (000 L5–L7): a quiet alarm proves a fix only if the load that raised it has come
 * again. Pure: two sessions' facts in, words and figures out.
 */
export function compareSessions(then: VerifyFacts, now: VerifyFacts): Comparison {
  // What came before the change, or was seen by the first session already, is no evidence of the change.
  const since = changedAt(then, now);
  const breached = now.episodes.episodes.filter(({ burst }) => burst.start >= since);
  const before = loadedOf(then);
  const whole = loadedOf(now);
  const nextAt = usualHour(then.episodes);
  if (before && whole && before.load.step !== whole.load.step)
    return unknown(
      `the alarm had periods of ${duration(before.load.step)} then and has periods of ${duration(whole.load.step)} now: their ${before.counts} cannot be compared`,
      { nextAt, classes: [], unit: before.unit, counts: before.counts },
    );
  if (!before || !whole) return withoutLoad(then, now, breached.length, { nextAt, unit: then.judged.unit });
  const after = clipped(whole, since);
  const burstLoad = usualBurst(before, then.episodes);
  const classes = classesOf(before, after, burstLoad === null ? null : COMPARABLE * burstLoad, then.alarm);
  const said = { nextAt, classes, unit: before.unit, counts: before.counts };
  if (burstLoad === null || then.episodes.episodes.length === 0)
    return unknown(
      `the first session has no episode with its ${before.counts}: there is nothing to compare with`,
      said,
    );
  if (cells(after.load).length === 0)
    return unknown(
      `the second session holds no ${before.counts} after the first one and after the change: run it again later`,
      said,
    );
  const comparable = cells(after.load).filter(({ value }) => value >= COMPARABLE * burstLoad);
  const common = { ...said, burstLoad, comparable: comparable.length };
  if (breached.length > 0) return notFixed(breached, after, burstLoad, common);
  const needed = Math.max(LEAST_PERIODS, shortestBurst(then.episodes, before));
  const most = highest(cells(after.load).map(({ value }) => value)) ?? 0;
  const share = Math.round((100 * most) / burstLoad);
  if (comparable.length < needed) {
    return {
      ...common,
      outcome: "unproven",
      statement: `the alarm is quiet, but the load has not come back: the busiest period since had ${most} ${before.counts}, ${share} % of the episodes' usual ${Math.round(burstLoad)}`,
      proven: provenBelow(common),
      open: [
        `${needed} periods of at least ${Math.ceil(COMPARABLE * burstLoad)} ${before.counts} are needed to say; there ${comparable.length === 1 ? "was 1" : `were ${comparable.length}`}`,
        ...(nextAt === null ? [] : [`the episodes began ${nextAt}: run it again after that`]),
      ],
    };
  }
  const times = new Set(comparable.map(({ at }) => at));
  return judgeComparable(then, now, { before, after, times, since }, common);
}

/** Of hosts and the like, that no traffic makes: the alarm's own states are all there is. */
function withoutLoad(
  then: VerifyFacts,
  now: VerifyFacts,
  breached: number,
  said: Pick<Comparison, "nextAt" | "unit">,
): Comparison {
  const common = { ...said, classes: [], counts: "", burstLoad: null, comparable: 0 };
  if (breached > 0)
    return {
      ...common,
      outcome: "not fixed",
      statement: `the alarm fired ${often(breached)} since`,
      proven: [],
      open: [],
    };
  const since = changedAt(then, now);
  if (wouldHaveAlarmed(then.alarm, now, since))
    return {
      ...common,
      outcome: "not fixed",
      statement: "the alarm is quiet only because it was changed: with its old settings it would have fired",
      proven: [],
      open: [],
    };
  const quiet = duration(Math.max(0, now.episodes.window.end - since));
  return {
    ...common,
    outcome: "unproven",
    statement: `the alarm has been quiet for ${quiet}, but nothing that it watches shows whether what raised it came again`,
    proven: [],
    open: said.nextAt === null ? [] : [`the episodes began ${said.nextAt}: run it again after that`],
  };
}

type Common = Pick<Comparison, "nextAt" | "classes" | "burstLoad" | "comparable" | "unit" | "counts">;

function judgeComparable(
  then: VerifyFacts,
  now: VerifyFacts,
  { before, after, times, since }: { before: Loaded; after: Loaded; times: ReadonlySet<number>; since: number },
  common: Common,
): Comparison {
  const average = (one: Loaded, chosen: (at: number) => boolean) => levelOf(one, then.alarm, chosen)?.mean ?? null;
  const bursts = then.episodes.episodes.map(({ burst }) => burst);
  const old = average(before, (at) => within(bursts, at));
  const fresh = average(after, (at) => times.has(at));
  const strict = wouldHaveAlarmed(then.alarm, now, since);
  const [is, was] = [worded(common.unit, fresh), worded(common.unit, old)];
  const took = before.mean ? `took ${is} on average, ${was} then` : `had ${is} on average, ${was} then`;
  const figures = `${times.size} periods as heavy as the episodes ${took}`;
  if (strict)
    return {
      ...common,
      outcome: "not fixed",
      statement: `the alarm is quiet only because it was changed: with its old settings it would have fired; ${figures}`,
      proven: [],
      open: ["whether the levels that the new alarm allows are good enough for the users"],
    };
  if (strict === null)
    return {
      ...common,
      outcome: "unproven",
      statement: `the alarm is quiet, but judges something else now, and what its old settings would have said is not known; ${figures}`,
      proven: [],
      open: [
        "whether the alarm would be quiet with its old metric, statistic and period: restore them, and run it again",
      ],
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
      `the autoscaler stayed at ${target.min} pods: the workers carried the load alone, so whether it can trigger remains to be seen`,
    );
  if (workers?.workers && workers.workers > 1 && demand && workers.residentMemory)
    points.push("memory: each worker allocates its own as it warms up; check it again after a day");
  return points;
}

function notFixed(breached: EpisodesFact["episodes"], after: Loaded, burstLoad: number, common: Common): Comparison {
  const loads = breached.map(({ burst }) => peak(after, (at) => within([burst], at)));
  const least = Math.min(...loads);
  const heavier = least > burstLoad / COMPARABLE;
  const size = heavier
    ? `all of them under more load than then (at least ${least} ${after.counts} a period, ${Math.round(burstLoad)} then)`
    : `at ${least} ${after.counts} a period and more, ${Math.round(burstLoad)} then`;
  return {
    ...common,
    outcome: "not fixed",
    statement: `the alarm fired ${often(breached.length)} since, ${size}`,
    proven: heavier ? ["it handles the load from before the fix; this was more"] : [],
    open: [],
  };
}

function often(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function unknown(statement: string, said: Omit<Common, "burstLoad" | "comparable">): Comparison {
  return { ...said, outcome: "unknown", statement, proven: [], open: [statement], burstLoad: null, comparable: 0 };
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

function usualBurst(one: Loaded, { episodes }: EpisodesFact): number | null {
  return median(episodes.map(({ burst }) => peak(one, (at) => within([burst], at))).filter((value) => value > 0));
}

function shortestBurst({ episodes }: EpisodesFact, { load }: Loaded): number {
  const lengths = episodes.map(({ burst }) => Math.round((burst.end - burst.start) / load.step));
  return lengths.length === 0 ? LEAST_PERIODS : Math.min(...lengths);
}

function provenBelow({ classes, unit, counts }: Common): string[] {
  return classes.flatMap(({ from, to, before, after }) =>
    before && after
      ? [
          `${from}${to === null ? ` ${counts} and more` : `–${to} ${counts}`} a period: ${worded(unit, after.mean)} on average, ${worded(unit, before.mean)} then`,
        ]
      : [],
  );
}

/** The hours of the day in which the episodes began, first to last. */
function usualHour({ episodes }: EpisodesFact): string | null {
  const hours = episodes.map(({ alarmAt }) => Math.floor((alarmAt % 86_400) / 3600));
  if (hours.length === 0) return null;
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  return `between ${clock(Math.min(...hours))} and ${clock(Math.max(...hours) + 1)} UTC`;
}

function worded(unit: MetricUnit, value: number | null): string {
  return value === null ? "?" : valueWords(unit, Number(value.toPrecision(2)));
}
