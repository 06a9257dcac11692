import {
  cells,
  dateAndClock,
  defineStep,
  duration,
  type EpisodesFact,
  listReplicaSets,
  type PodCpuFact,
  plural,
  type RolloutFact,
  type Span,
  type Told,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { podCpuFact } from "../pod-cpu/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { rolloutsFact } from "./fact.ts";

/** A pod whose series begins this soon after the window was there before it. */
const EDGE = 300;

/** When which version was rolled out, and which episodes came before. */
export default defineStep({
  id: "rollouts",
  title: "rollouts",
  needs: { workload: workloadFact },
  uses: [episodesFact, podCpuFact],
  gives: [rolloutsFact],
  async run({ facts, use, give, find, now, window }) {
    const { workload } = facts;
    const recorded = workload.replicaSets.map(toRollout);
    const rollouts = recorded.length > 0 ? recorded : fromPods(workload, (await use(podCpuFact)) ?? null, window);
    if (rollouts.length === 0) return;
    give(rolloutsFact, rollouts);
    const episodes = await use(episodesFact);
    const proof = [listReplicaSets(workload.namespace).question];
    find({ id: "latest", ...words(rollouts, episodes ?? null, now), proof });
  },
});

function toRollout({ name, created, revision, image }: WorkloadFact["replicaSets"][number]): RolloutFact {
  const version = image === null ? null : (/:([^:/@]+)(?:@.*)?$/.exec(image)?.[1] ?? null);
  return { at: created, replicaSet: name, revision, image, version };
}

/**
 * Without replica sets (a StatefulSet has none, or they could not be read) the pods tell: those of one version carry its
 * hash in their names, and their series begin with it. Where they do not, the oldest pod of today says since when
 * nothing was rolled out. Empty where neither is known.
 */
function fromPods(workload: WorkloadFact, podCpu: PodCpuFact | null, window: Span): RolloutFact[] {
  const began = new Map<string, number>();
  const note = (version: string, at: number) => began.set(version, Math.min(at, began.get(version) ?? at));
  if (workload.kind === "Deployment") {
    if (!podCpu) return [];
    for (const { pod, cpu } of podCpu.pods) {
      const first = cells(cpu)[0]?.at;
      if (first !== undefined) note(pod.replace(/-[^-]+$/, ""), first < window.start + EDGE ? window.start : first);
    }
  } else for (const { created } of workload.pods) if (created !== null) note(workload.name, created);
  return [...began]
    .map(([replicaSet, at]) => ({ at, replicaSet, revision: null, image: null, version: null }))
    .sort((a, b) => a.at - b.at);
}

function words(rollouts: readonly RolloutFact[], episodes: EpisodesFact | null, now: number): Told {
  const last = rollouts.at(-1);
  if (!last) return { statement: "no rollout is known", measures: { rollouts: 0 } };
  const all = episodes?.episodes ?? [];
  const older = all.filter(({ burst }) => burst.start < last.at).length;
  const before =
    all.length === 0
      ? ""
      : older === 0
        ? "; no episode predates it"
        : `; ${older} of ${plural(all.length, "episode is older", "episodes are older")} than it`;
  return {
    statement: `the latest rollout (${last.version ?? last.replicaSet}) came at ${dateAndClock(last.at)}, ${duration(now - last.at)} before now${before}`,
    measures: {
      rollouts: rollouts.length,
      version: last.version,
      ago: now - last.at,
      olderEpisodes: older,
      episodes: all.length,
    },
  };
}
