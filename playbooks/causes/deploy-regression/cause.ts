import {
  cells,
  confirmed,
  dateAndClock,
  defineHypothesis,
  duration,
  type Episode,
  iso,
  type LatencyFact,
  median,
  plural,
  type RolloutFact,
  rejected,
  seconds,
  undetermined,
  valueAt,
  within,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { rolloutsFact } from "../../evidence/rollouts/fact.ts";
import { guiltyMetricFact } from "../../evidence/target-groups/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** A rollout that makes requests dearer shows at once where there is load; two hours allow for a quiet spell after it. */
const SOON = 2 * 3600;
/** Before the rollout, this many quiet minutes are needed to say that there was no trouble then. */
const QUIET_BEFORE = 30 * 60;
/** A minute is as busy as the breaching ones from this share of their usual requests. */
const COMPARABLE = 0.8;
/** Seconds before the rollout that a window should hold: its minutes have to be many enough and busy enough. */
const COMPARED = 6 * 3600;
/** Fewer comparable minutes than this are chance. */
const ENOUGH_MINUTES = 3;
/** A request has become dearer from this factor on; what a warm cache or another mix of requests does stays below it. */
const DEARER = 1.5;
/** Alarms this long before the window say nothing of the version that ran before this one. */
const EARLIER = 3 * 86_400;

/**
 * The change falls on a rollout, and there was none of it before (000 C5). Coming after is not coming from: what decides
 * is the same load before the rollout, or the same quiet minutes.
 */
export default defineHypothesis({
  cause: "deploy-regression",
  title: "the latest deploy",
  claim: "A rollout made the service slow: the trouble began with it.",
  needs: { rollouts: rolloutsFact, episodes: episodesFact },
  uses: { guiltyMetric: guiltyMetricFact, workload: workloadFact },
  judge({ rollouts, episodes: { episodes, window, earlier, historyFrom }, guiltyMetric, workload }) {
    const evidence = ["rollouts.latest", "alarm-history.flapping"];
    const first = episodes[0];
    const troubles = [
      ...earlier.flatMap(({ to, at }) => (to === "ALARM" ? [{ start: at, alarmAt: at }] : [])),
      ...episodes.map(({ burst: { start }, alarmAt }) => ({ start, alarmAt })),
    ];
    const suspect = suspectOf(rollouts, troubles);
    const last = rollouts.at(-1);
    const title = { title: last?.version ? `the deploy of ${last.version}` : "the latest deploy" };
    if (!first) return undetermined("there is no episode to explain", ["alarm-history.flapping"], title);
    if (!last) return undetermined("no rollout is known", [], title);
    if (!suspect) {
      const older = episodes.filter(({ burst }) => burst.start < last.at).length;
      if (older > 0) return rejected(`${older} of ${episodes.length} episodes are older than it`, evidence, title);
      const before = flapsBefore(troubles, last);
      if (before > 0)
        return rejected(
          `the alarm flapped ${plural(before, "time")} in the three days before it`,
          ["alarm-history.earlier", ...evidence],
          title,
        );
      return rejected(`it came ${duration(first.burst.start - last.at)} before the first episode`, evidence, title);
    }
    const named = { title: suspect.version ? `the deploy of ${suspect.version}` : "the latest deploy" };
    // A mechanism may be seen beside it, and may be what the rollout brought about: until they can be compared, neither is the cause.
    const explains = episodes.map(({ id }) => id);
    if (suspect.at - window.start < QUIET_BEFORE)
      return undetermined(
        `it came ${duration(Math.max(0, firstAfter(troubles, suspect) - suspect.at))} before the first trouble, and the window holds ${suspect.at > window.start ? `only ${duration(suspect.at - window.start)}` : "nothing"} from before it to compare with: use --since ${iso(suspect.at - COMPARED)}`,
        evidence,
        named,
        explains,
      );
    if (!guiltyMetric)
      return undetermined(
        "it came before the first episode; whether it made requests dearer needs the target group's latency",
        evidence,
        named,
        explains,
      );
    const compared = compare(suspect, episodes, guiltyMetric, workload?.name ?? "the service", named);
    if (compared.status !== "confirmed" || historyFrom !== null) return compared;
    // The datapoints of the window say that requests became dearer with it, and not that it was quiet in the days before.
    const unread = "whether the alarm flapped before this window could not be read";
    return { ...compared, status: "supported", because: `${compared.because}; ${unread}` } as const;
  },
});

/** A breach or a change to ALARM, in the window or in the days before it. */
interface Trouble {
  readonly start: number;
  readonly alarmAt: number;
}

/** The last rollout after which trouble came soon, and before which it had been quiet. The window may begin long after it. */
function suspectOf(rollouts: readonly RolloutFact[], troubles: readonly Trouble[]): RolloutFact | undefined {
  return rollouts
    .filter((rollout) => {
      const first = troubles.find(({ start, alarmAt }) => rollout.at <= alarmAt && rollout.at <= start + 60);
      return first !== undefined && first.start - rollout.at <= SOON && flapsBefore(troubles, rollout) === 0;
    })
    .at(-1);
}

/** Where the first trouble after a rollout begins. */
function firstAfter(troubles: readonly Trouble[], { at }: RolloutFact): number {
  return troubles.find(({ alarmAt }) => alarmAt >= at)?.start ?? at;
}

/** How often there was trouble in the three days before a rollout. */
function flapsBefore(troubles: readonly Trouble[], { at }: RolloutFact): number {
  return troubles.filter(({ start, alarmAt }) => start + 60 < at && alarmAt > at - EARLIER).length;
}

function compare(
  suspect: RolloutFact,
  episodes: readonly Episode[],
  metric: LatencyFact,
  service: string,
  named: { title: string },
) {
  const evidence = ["rollouts.latest", "alarm-history.metric", "target-groups.shares"];
  const bursts = episodes.map(({ burst }) => burst);
  const loads = cells(metric.requests);
  const usual = median(loads.flatMap(({ at, value }) => (within(bursts, at) ? [value] : []))) ?? 0;
  const latencyAt = (chosen: (at: number) => boolean) =>
    loads.flatMap(({ at, value }) =>
      value >= COMPARABLE * usual && chosen(at) ? (valueAt(metric.average, at) ?? []) : [],
    );
  // All minutes of that load since the rollout, in and out of the bursts: a version that is slow is slow in most of them.
  const since = latencyAt((at) => at >= suspect.at);
  const earlier = latencyAt((at) => at + metric.period <= suspect.at);
  const [then, now] = [median(earlier), median(since)];
  const when = `${suspect.version ?? suspect.replicaSet} at ${dateAndClock(suspect.at)}`;
  const words = (figure: string) => ({
    ...named,
    headline: `${service} became slow with ${when}.`,
    summary: `In this window there was no trouble before the rollout of ${when}: ${figure}. The alarm follows from the version, so going back to the one before ends it.`,
  });
  const explains = episodes.map(({ id }) => id);
  if (earlier.length >= ENOUGH_MINUTES && then !== null && now !== null) {
    const figures = `minutes of the same load took ${seconds(then)} before it and take ${seconds(now)} since`;
    return now >= DEARER * then
      ? confirmed(figures, evidence, explains, words(figures))
      : rejected(figures, evidence, named);
  }
  const quiet = (chosen: (at: number) => boolean) =>
    median(cells(metric.average).flatMap(({ at, value }) => (!within(bursts, at) && chosen(at) ? [value] : [])));
  const [old, fresh] = [quiet((at) => at + metric.period <= suspect.at), quiet((at) => at >= suspect.at)];
  if (old !== null && fresh !== null && fresh >= DEARER * old) {
    const figures = `quiet minutes took ${seconds(old)} before it and take ${seconds(fresh)} since`;
    return confirmed(figures, evidence, explains, words(figures));
  }
  // Where quiet minutes take as long as before, the version is not dear in itself, and only under a load that is not known.
  const alike = old !== null && fresh !== null;
  return undetermined(
    `it came before the first episode, and ${earlier.length === 0 ? "no minute" : `only ${plural(earlier.length, "minute")}`} before it ${earlier.length > 1 ? "were" : "was"} as busy as the bursts (${Math.round(usual)} requests)`,
    evidence,
    named,
    alike ? [] : explains,
  );
}
