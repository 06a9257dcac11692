import {
  defineFactor,
  duration,
  type Epoch,
  median,
  type PodFact,
  plural,
  type RolloutFact,
  spike,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { readinessFact } from "../../evidence/readiness/fact.ts";
import { rolloutsFact } from "../../evidence/rollouts/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** A pod was added for an episode where it was made in it, or this many seconds after: the autoscaler looks back a few minutes. */
const LAG = 300;
/** Pods that are made within so many seconds of a rollout are its surge, and nobody's answer to a load. */
const SURGE = 900;
/** In this share of them the pods must have come too late. */
const MOST = 0.6;

/** New pods come too late for the burst: Pending, no node, image pull, warm-up (000 J6, L2). */
export default defineFactor({
  factor: "slow-scale-out",
  action: {
    kind: "mitigate",
    title: "a higher minimum of replicas, or more workers per pod, to handle the spike immediately",
    settledBy: ["more-workers", "more-replicas", "autoscaler-that-acts"],
  },
  needs: { episodes: episodesFact, readiness: readinessFact, rollouts: rolloutsFact, workload: workloadFact },
  find({ episodes, readiness, rollouts, workload }) {
    const added = readiness.flatMap(({ pod, created, firstReady }) => {
      if (created === null || ofRollout(created, rollouts)) return [];
      const { burst } =
        episodes.episodes.find(({ burst: one }) => created >= one.start && created <= one.end + LAG) ?? {};
      return burst
        ? [
            {
              pod,
              created,
              firstReady,
              after: created - burst.start,
              late: firstReady === null || firstReady >= burst.end,
            },
          ]
        : [];
    });
    const late = added.filter((one) => one.late);
    if (late.length === 0 || late.length < MOST * added.length) return null;
    const took = median(late.flatMap(({ created, firstReady }) => (firstReady === null ? [] : [firstReady - created])));
    const made = median(late.map(({ after }) => after)) ?? 0;
    const ready = took === null ? "not ready in this window" : `ready ${duration(Math.max(0, took))} later`;
    const word = spike(episodes);
    return {
      statement: `${late.length} of ${plural(added.length, "pod")} added for a ${word} could serve only after it: created ${duration(made)} after it began, ${ready}${partsOf(late, workload.pods)}`,
      evidence: ["readiness.pods", "autoscaler.target"],
    };
  },
});

function ofRollout(created: Epoch, rollouts: readonly RolloutFact[]): boolean {
  return rollouts.some(({ at }) => created >= at && created <= at + SURGE);
}

/** Where the time went, of the late pods that are still there: without a node, then until the container ran. */
function partsOf(late: readonly { readonly pod: string; readonly created: Epoch }[], pods: readonly PodFact[]): string {
  const there = pods.filter(({ name }) => late.some(({ pod }) => pod === name));
  const spans = (from: (pod: PodFact) => Epoch | null | undefined, to: (pod: PodFact) => Epoch | null | undefined) =>
    median(
      there.flatMap((pod) => {
        const [begin, end] = [from(pod), to(pod)];
        return begin != null && end != null && end >= begin ? [end - begin] : [];
      }),
    );
  const waits = spans(
    ({ created }) => created,
    ({ scheduled }) => scheduled,
  );
  const pulls = spans(
    ({ scheduled }) => scheduled,
    ({ started }) => started,
  );
  const parts = [
    ...(waits === null ? [] : [`${duration(waits)} without a node`]),
    ...(pulls === null ? [] : [`${duration(pulls)} until the container ran`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
