import {
  cells,
  defineSignal,
  type Epoch,
  LATE,
  LOOKED_BACK,
  median,
  no,
  plural,
  type Reading,
  type Series,
  type Span,
  unclear,
  unknown,
  valueAt,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type PodReadiness, readinessFact } from "../evidence/readiness/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import { type TargetHealth, targetHealthFact } from "../evidence/target-health/fact.ts";

/** So many must be out at once in an episode: one alone is one bad target. */
export const LEAST = 2;
/** Where this share of all leaves in the first minute it is all at once: something that all of them ask for has failed. */
export const AT_ONCE = 0.8;
/** In this share of the episodes targets must leave after it became slow. */
export const MOST = 0.6;
/** ... among those that tell which came first, and these must be this share of all at least. */
export const TOLD = 0.5;
/** Where targets leave in no more of the episodes than this, it is not what makes them. */
export const SELDOM = 0.2;
/** How long after an episode's last breach targets may take to come back: a few checks and a probe's; seconds. */
export const BACK = 600;

/**
 * Do targets leave, some and not all at once, only after it has become slow, and come back when it is over? A target that fails
 * its check comes first where it is the trouble; where overload makes the checks fail, latency comes first. A target is
 * out where the load balancer's check fails, or its pod was ready, is not, and stays: one that is replaced ends so as well.
 */
export default defineSignal({
  id: "targets-leave-when-slow",
  question: "Do targets drop out after latency has risen, and come back when it is over?",
  needs: { metric: guiltyMetricFact, episodes: episodesFact },
  uses: { health: targetHealthFact, readiness: readinessFact },
  read({ metric: { average }, episodes: { episodes }, health, readiness }): Reading {
    const evidence = ["target-health.course", "readiness.pods"];
    const bursts = episodes.map(({ burst }) => burst);
    const usual = median(valuesOutside(average, bursts));
    if (!health && !readiness) return unknown("needs how many targets were healthy over time", evidence);
    if (usual === null || bursts.length === 0)
      return unknown("needs the latency inside and outside the episodes", evidence);
    const courses = bursts.map((burst) => courseOf(burst, average, LATE * usual, health, readiness));
    const left = courses.filter(({ first }) => first !== null).length;
    const cascades = courses.filter(
      ({ late, first, most, atOnce, returns }) =>
        late !== null && first !== null && first > late && most >= LEAST && atOnce < AT_ONCE && returns,
    ).length;
    // Within one minute nothing tells which came first: such an episode speaks neither for it nor against it.
    const told = courses.filter(({ late, first }) => late === null || first !== late).length;
    const same = told === bursts.length ? "" : `; in ${bursts.length - told} it is within the same minute`;
    const share = cascades / bursts.length;
    const of = plural(bursts.length, "episode");
    const out = Math.max(...courses.map(({ most }) => most));
    const unseen = courses.filter(({ seen }) => !seen).length;
    if (cascades > 0 && cascades >= MOST * told && told >= TOLD * bursts.length)
      return yes(
        `in ${cascades} of ${of} targets drop out after latency rose, up to ${out} at once, and come back when it is over${same}`,
        evidence,
        share,
      );
    if (left > SELDOM * bursts.length)
      return unclear(
        `targets drop out in ${left} of ${of} (up to ${out} at once), in ${cascades} of them clearly after latency rose`,
        evidence,
        share,
      );
    // Without a figure nobody is seen to leave, whether they do or not.
    if (unseen > 0) return unknown(`needs how many targets were healthy in ${unseen} of ${of}`, evidence);
    // A pod that fails its probe is no longer registered, and a node is healthy as long as kube-proxy finds any pod.
    if (!health || !readiness)
      return unknown(
        `needs ${health ? "when the pods were ready" : "how many targets were healthy over time"}`,
        evidence,
      );
    return no(
      left === 0 ? "no target dropped out in the episodes" : `targets drop out in only ${left} of ${of}`,
      evidence,
      share,
    );
  },
});

interface Course {
  /** When it became slow, and when the first target was out; null: it did not. */
  readonly late: Epoch | null;
  readonly first: Epoch | null;
  /** Most targets that were out at once, the share of all that was in the first of these minutes, and whether all came back. */
  readonly most: number;
  readonly atOnce: number;
  readonly returns: boolean;
  /** Whether any figure of its minutes says who was there. */
  readonly seen: boolean;
}

function courseOf(
  { start, end }: Span,
  average: Series,
  slow: number,
  health: TargetHealth | undefined,
  readiness: readonly PodReadiness[] | undefined,
): Course {
  const grid = cells(average).filter(({ at }) => at >= start - LOOKED_BACK && at < end + BACK);
  const late = grid.find(({ at, value }) => at < end && value >= slow)?.at ?? null;
  const out = grid.flatMap(({ at }) =>
    isKnown(at, health, readiness) ? [{ at, out: outAt(at, health, readiness) }] : [],
  );
  const within = out.filter(({ at }) => at < end);
  const first = within.find((one) => one.out > 0);
  const most = Math.max(0, ...within.map((one) => one.out));
  return {
    late,
    first: first?.at ?? null,
    most,
    atOnce: first ? first.out / Math.max(1, allAt(first.at, health, readiness)) : 0,
    returns: out.some((one) => one.at >= end && one.out === 0),
    seen: within.some((one) => one.at >= start),
  };
}

/** Whether each that was read has a figure of this minute: none is not a zero. */
function isKnown(at: Epoch, health: TargetHealth | undefined, readiness: readonly PodReadiness[] | undefined): boolean {
  const targets = !health || valueAt(health.unhealthy, at) !== null;
  return targets && (!readiness || readiness.some(({ ready }) => valueAt(ready, at) !== null));
}

function outAt(at: Epoch, health: TargetHealth | undefined, readiness: readonly PodReadiness[] | undefined): number {
  const unready = (readiness ?? []).filter(
    ({ firstReady, ready }) =>
      firstReady !== null && at > firstReady && valueAt(ready, at) === 0 && !isGoing(ready, at),
  ).length;
  return Math.max(health ? (valueAt(health.unhealthy, at) ?? 0) : 0, unready);
}

/** Whether it is a pod's end: it never serves again and is gone within the window, as one that a rollout replaces. */
function isGoing(ready: Series, at: Epoch): boolean {
  return (
    !cells(ready).some((later) => later.at > at && later.value > 0) &&
    valueAt(ready, ready.start + ready.step * (ready.values.length - 1)) === null
  );
}

function allAt(at: Epoch, health: TargetHealth | undefined, readiness: readonly PodReadiness[] | undefined): number {
  const pods = (readiness ?? []).filter(({ ready }) => valueAt(ready, at) !== null).length;
  const targets = health ? (valueAt(health.healthy, at) ?? 0) + (valueAt(health.unhealthy, at) ?? 0) : 0;
  return Math.max(pods, targets);
}
