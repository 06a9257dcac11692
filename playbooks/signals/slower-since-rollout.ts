import {
  beginningOf,
  COMPARABLE,
  cells,
  dateAndClock,
  defineSignal,
  duration,
  type Episode,
  type EpisodesFact,
  HEALTHY_AFTER,
  iso,
  LATE,
  type LatencyFact,
  median,
  no,
  plural,
  type Reading,
  type RolloutFact,
  seconds,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  valuesWhere,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { rolloutsFact } from "../evidence/rollouts/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";

/** A rollout that makes requests more expensive shows at once where there is load; two hours allow for a quiet spell after it. */
export const SOON = 2 * 3600;
/** A window must begin this long before the rollout, to hold anything to compare with. */
export const QUIET_BEFORE = 30 * 60;
/** Advice, no threshold: seconds before the rollout that the next window should hold, for enough minutes that are busy enough. */
const COMPARED = 6 * 3600;
/** So many quiet minutes before it are enough to see that they take as long since: no single one moves the median of ten. */
export const QUIET_MINUTES = 10;
/** Fewer comparable minutes than this are chance. */
export const ENOUGH_MINUTES = 3;
/** Requests have become slower from this factor on; what a warm cache or another mix of requests does stays below it. */
export const SLOWER = 1.5;
/** Of the episodes this share must be older than the rollout to clear it by their age alone. */
export const MOSTLY_OLDER = 0.5;

/** Read the sentence of a rollout in words: "v1.14.3-prod at 26 June 10:00". */
export function rolloutInWords({ version, replicaSet, at }: RolloutFact): string {
  return `${version ?? replicaSet} at ${dateAndClock(at)}`;
}

/** The last rollout that trouble followed soon; undefined where none did. An episode that began before the window is as old as its alarm says. */
export function suspectRollout(
  rollouts: readonly RolloutFact[],
  { episodes, earlier }: EpisodesFact,
): RolloutFact | undefined {
  const starts = [...earlier.flatMap(({ to, at }) => (to === "ALARM" ? [at] : [])), ...episodes.map(beginningOf)];
  return rollouts.filter(({ at }) => starts.some((start) => start + 60 >= at && start - at <= SOON)).at(-1);
}

/**
 * Do requests take longer since a rollout, at equal load (000 C5)? Coming after is not coming from: the same load before
 * and since decides, then the quiet minutes; an hour of health at that load clears it, and so do episodes that are older.
 */
export default defineSignal({
  id: "slower-since-rollout",
  question: "Do requests take longer since a rollout, at equal load?",
  needs: { rollouts: rolloutsFact, episodes: episodesFact },
  uses: { metric: guiltyMetricFact },
  read({ rollouts, episodes, metric }): Reading {
    const evidence = ["rollouts.latest", "alarm-history.flapping"];
    const first = episodes.episodes[0];
    const last = rollouts.at(-1);
    if (!first) return unknown("there is no episode to explain", ["alarm-history.flapping"]);
    if (!last) return unknown("no rollout is known");
    const suspect = suspectRollout(rollouts, episodes);
    const older = episodes.episodes.filter((one) => beginningOf(one) < (suspect ?? last).at).length;
    const all = episodes.episodes.length;
    if (older > MOSTLY_OLDER * all)
      return no(`${older} of ${plural(all, "episode is older", "episodes are older")} than it`, evidence);
    if (!suspect) return no(`it came ${duration(beginningOf(first) - last.at)} before the first episode`, evidence);
    const before = Math.max(0, suspect.at - episodes.window.start);
    if (before < QUIET_BEFORE) {
      const cleared = metric && before > 0 ? asEver(suspect, episodes.episodes, metric) : null;
      if (cleared) return cleared;
      return unclear(
        `it came just before the trouble, and the window has ${before === 0 ? "nothing" : `only ${duration(before)}`} before it to compare with: use --since ${iso(suspect.at - COMPARED)}`,
        evidence,
      );
    }
    if (!metric)
      return unclear(
        "it came before the first episode; whether it made requests slower needs the target group's latency",
        evidence,
      );
    const compared = compare(suspect, episodes.episodes, metric);
    return older > 0 && compared.answer === "yes"
      ? besideOlder(suspect, episodes.episodes, metric, compared)
      : compared;
  },
});

/**
 * What requests took before the rollout and since, in minutes as busy as the episodes and in the quiet ones, and for how
 * long the service was well at that load after it. Seconds; null where there is no such minute.
 */
export function loadsAround(suspect: RolloutFact, episodes: readonly Episode[], metric: LatencyFact) {
  const bursts = episodes.map(({ burst }) => burst);
  const loads = cells(metric.requests);
  const usual = median(valuesIn(metric.requests, bursts)) ?? 0;
  const busy = loads.filter(({ value }) => value >= COMPARABLE * usual);
  const latencyOf = (chosen: (at: number) => boolean) =>
    busy.flatMap(({ at }) => (chosen(at) ? (valueAt(metric.average, at) ?? []) : []));
  const since = latencyOf((at) => at >= suspect.at);
  const earlier = latencyOf((at) => at + metric.period <= suspect.at);
  const firstAfter = bursts.find(({ start }) => start >= suspect.at - metric.period)?.start ?? suspect.at;
  const healthy =
    busy.filter(({ at }) => at >= suspect.at && at < firstAfter && !within(bursts, at)).length * metric.period;
  const quiet = (chosen: (at: number) => boolean) =>
    median(valuesWhere(metric.average, (at) => !within(bursts, at) && chosen(at)));
  return {
    usual,
    minutes: earlier.length,
    before: median(earlier),
    after: median(since),
    healthy,
    old: quiet((at) => at + metric.period <= suspect.at),
    quietBefore:
      (metric.period / 60) * loads.filter(({ at }) => at + metric.period <= suspect.at && !within(bursts, at)).length,
    fresh: quiet((at) => at >= suspect.at),
  };
}

/**
 * Where episodes are older than the rollout, and the same load was slow before it as well, the trouble is older: queues make
 * minutes of one load differ by more than a version does. Quiet minutes that are slower since it speak against it all the same.
 */
function besideOlder(
  suspect: RolloutFact,
  episodes: readonly Episode[],
  metric: LatencyFact,
  compared: Reading,
): Reading {
  const { before, old, fresh } = loadsAround(suspect, episodes, metric);
  if (before === null || old === null || before < LATE * old || (fresh ?? 0) >= SLOWER * old) return compared;
  return unknown(`${compared.statement}; but that load was slow before it too: quiet minutes took ${seconds(old)}`, [
    "rollouts.compared",
    "rollouts.latest",
  ]);
}

/**
 * What a window that begins shortly before the rollout still shows: health at the episodes' load after it, or quiet minutes
 * that take as long since. Those do not clear the version of what it may do under load, but it is not slow in itself. Null
 * where it shows neither.
 */
function asEver(suspect: RolloutFact, episodes: readonly Episode[], metric: LatencyFact): Reading | null {
  const { healthy, quietBefore } = loadsAround(suspect, episodes, metric);
  const compared = compare(suspect, episodes, metric);
  const isSame = quietBefore >= QUIET_MINUTES && compared.answer === "unknown";
  return healthy >= HEALTHY_AFTER || isSame ? compared : null;
}

function compare(suspect: RolloutFact, episodes: readonly Episode[], metric: LatencyFact): Reading {
  const evidence = ["rollouts.compared", "rollouts.latest"];
  const { usual, minutes, before, after, healthy, old, fresh } = loadsAround(suspect, episodes, metric);
  if (healthy >= HEALTHY_AFTER)
    return no(
      `the service ran without trouble for ${duration(healthy)} at the load of the episodes after it`,
      evidence,
    );
  if (minutes >= ENOUGH_MINUTES && before !== null && after !== null) {
    const figures = `minutes of the same load took ${seconds(before)} before it and take ${seconds(after)} since`;
    return after >= SLOWER * before ? yes(figures, evidence, after / before) : no(figures, evidence, after / before);
  }
  if (old !== null && fresh !== null && fresh >= SLOWER * old)
    return yes(`quiet minutes took ${seconds(old)} before it and take ${seconds(fresh)} since`, evidence, fresh / old);
  const few = minutes === 0 ? "no minute" : `only ${plural(minutes, "minute")}`;
  const because = `it came before the first episode, and ${few} before it ${[0, 1].includes(minutes) ? "was" : "were"} as busy as the episodes (${Math.round(usual)} requests)`;
  // Where quiet minutes take as long as before, the version is not slow in itself, and only under a load that is not known.
  return old !== null && fresh !== null ? unknown(because, evidence) : unclear(because, evidence);
}
