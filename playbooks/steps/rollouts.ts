import {
  dateAndClock,
  defineStep,
  duration,
  type EpisodesFact,
  listReplicaSets,
  plural,
  type RolloutFact,
  type Told,
  type WorkloadFact,
} from "../../src/playbook.ts";

/** When which version was rolled out, from the Deployment's replica sets; and which episodes came before. */
export default defineStep({
  id: "rollouts",
  title: "rollouts",
  needs: ["workload"],
  uses: ["episodes"],
  gives: ["rollouts"],
  async run({ facts, use, give, find, now }) {
    const { workload } = facts;
    // Only Deployments leave a dated trace of every version; of the others nothing is known, which is not "none".
    if (workload.replicaSets.length === 0) return;
    const rollouts = workload.replicaSets.map(toRollout);
    give("rollouts", rollouts);
    const episodes = await use("episodes");
    find({
      id: "latest",
      ...words(rollouts, episodes ?? null, now),
      proof: [listReplicaSets(workload.namespace).question],
    });
  },
});

function toRollout({ name, created, revision, image }: WorkloadFact["replicaSets"][number]): RolloutFact {
  const version = image === null ? null : (/:([^:/@]+)(?:@.*)?$/.exec(image)?.[1] ?? null);
  return { at: created, replicaSet: name, revision, image, version };
}

function words(rollouts: readonly RolloutFact[], episodes: EpisodesFact | null, now: number): Told {
  const last = rollouts.at(-1);
  if (!last) return { statement: "no rollout is known", measures: { rollouts: 0 } };
  const all = episodes?.episodes ?? [];
  const older = all.filter(({ alarmAt }) => alarmAt < last.at).length;
  const before =
    all.length === 0 ? "" : `; ${older} of ${plural(all.length, "episode is older", "episodes are older")} than it`;
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
