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

/** In this share of the episodes targets must leave after it became slow. */
export const MOST = 0.6;
/** How long after an episode's last breach targets may take to come back: a few checks and a probe's; seconds. */
export const BACK = 600;

/**
 * Do targets leave, one after another, only after it has become slow, and come back when it is over? A target that fails
 * its check comes first where it is the trouble; where overload makes the checks fail, latency comes first. A target is
 * out where the load balancer's check fails, or its pod was ready and is not.
 */
export default defineSignal({
  id: "targets-leave-when-slow",
  question: "Do targets leave one after another after it has become slow?",
  needs: { metric: guiltyMetricFact, episodes: episodesFact },
  uses: { health: targetHealthFact, readiness: readinessFact },
  read({ metric: { average }, episodes: { episodes }, health, readiness }): Reading {
    const evidence = ["target-health.course", "readiness.pods"];
    const bursts = episodes.map(({ burst }) => burst);
    const usual = median(valuesOutside(average, bursts));
    if (!health && !readiness) return unknown("needs how many targets were healthy over time", evidence);
    if (usual === null || bursts.length === 0)
      return unknown("needs the latency in and outside the episodes", evidence);
    const courses = bursts.map((burst) => courseOf(burst, average, LATE * usual, health, readiness));
    const after = courses.filter((one) => one.late !== null && one.first !== null && one.first > one.late);
    const cascades = after.filter((one) => one.grows && one.returns);
    const most = Math.max(...courses.map((one) => one.most));
    const figure = `in ${cascades.length} of ${plural(bursts.length, "episode")} targets leave one after another after it became slow, and come back when it is over (up to ${most} were out)`;
    const share = cascades.length / bursts.length;
    if (share >= MOST) return yes(figure, evidence, share);
    if (most > 0) return unclear(figure, evidence, share);
    // A pod that fails its probe is no longer registered, and a node is healthy as long as kube-proxy finds any pod.
    if (!health || !readiness)
      return unknown(
        `needs ${health ? "when the pods were ready" : "how many targets were healthy over time"}`,
        evidence,
      );
    return no("no target left in the episodes", evidence, 0);
  },
});

interface Course {
  /** When it became slow, and when the first target was out; null: it did not. */
  readonly late: Epoch | null;
  readonly first: Epoch | null;
  /**
   * Most targets that were out at once; whether they were fewer in the first minute (one alone is one bad target, and all
   * at once are something else's trouble), and all back in the end.
   */
  readonly most: number;
  readonly grows: boolean;
  readonly returns: boolean;
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
  const out = grid.map(({ at }) => ({ at, out: outAt(at, health, readiness) }));
  const within = out.filter(({ at }) => at < end);
  const first = within.find((one) => one.out > 0);
  const most = Math.max(0, ...within.map((one) => one.out));
  return {
    late,
    first: first?.at ?? null,
    most,
    grows: first !== undefined && first.out < most,
    returns: out.some((one) => one.at >= end && one.out === 0),
  };
}

function outAt(at: Epoch, health: TargetHealth | undefined, readiness: readonly PodReadiness[] | undefined): number {
  const unready = (readiness ?? []).filter(
    ({ firstReady, ready }) => firstReady !== null && at > firstReady && valueAt(ready, at) === 0,
  ).length;
  return Math.max(health ? (valueAt(health.unhealthy, at) ?? 0) : 0, unready);
}
