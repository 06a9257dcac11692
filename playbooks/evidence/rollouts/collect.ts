import {
  type AlarmFact,
  beginningOf,
  cells,
  dateAndClock,
  defineStep,
  duration,
  type EpisodesFact,
  type LatencyFact,
  listReplicaSets,
  metricData,
  type PodCpuFact,
  plural,
  type Question,
  type RolloutFact,
  type Span,
  seconds,
  type Told,
  unitOf,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { loadsAround, rolloutInWords, suspectRollout } from "../../signals/slower-since-rollout.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { podCpuFact } from "../pod-cpu/fact.ts";
import { guiltyMetricFact, suspectFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { rolloutsFact } from "./fact.ts";

/** A pod whose series begins this soon after the window was there before it. */
const EDGE = 300;

/** When which version was rolled out, and which episodes came before. */
export default defineStep({
  id: "rollouts",
  title: "rollouts",
  needs: { workload: workloadFact },
  uses: [alarmFact, suspectFact, episodesFact, guiltyMetricFact, podCpuFact],
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
    const [alarm, group, metric] = [await use(alarmFact), (await use(suspectFact))?.group, await use(guiltyMetricFact)];
    const suspect = episodes && suspectRollout(rollouts, episodes);
    // It compares how long requests took: nothing that an alarm on errors or hosts is about.
    if (!alarm || !episodes || !metric || !suspect || unitOf(alarm).kind !== "duration") return;
    const compared = group ? [latencyOf(alarm, group, metric, window)] : [];
    find({ id: "compared", ...comparedWords(suspect, episodes, metric), proof: [...compared, ...proof] });
  },
});

function latencyOf(alarm: AlarmFact, group: { readonly arn: string }, { period }: LatencyFact, window: Span): Question {
  const base = {
    namespace: alarm.namespace,
    dimensions: {
      LoadBalancer: alarm.dimensions.LoadBalancer ?? "",
      TargetGroup: group.arn.split(":").at(-1) ?? "",
    },
  };
  return metricData(window, period, [
    { ...base, id: "latency", metric: alarm.metric, statistic: "Average" },
    { ...base, id: "requests", metric: "RequestCount", statistic: "Sum" },
  ]).question;
}

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

function comparedWords(suspect: RolloutFact, { episodes }: EpisodesFact, metric: LatencyFact): Told {
  const { usual, minutes, before, after, healthy, old, fresh } = loadsAround(suspect, episodes, metric);
  const took = (earlier: number | null, since: number | null) =>
    `took ${earlier === null ? "an unknown time" : seconds(earlier)} before it and ${since === null ? "an unknown time" : seconds(since)} since`;
  const busy = minutes === 0 ? "no minute before it was as busy" : `minutes as busy ${took(before, after)}`;
  return {
    statement: `around ${rolloutInWords(suspect)}, by the load of the episodes (${Math.round(usual)} requests): ${busy}; quiet minutes ${took(old, fresh)}; no trouble for ${duration(healthy)} at that load after it`,
    measures: { usual, minutesBefore: minutes, before, since: after, quietBefore: old, quietSince: fresh, healthy },
  };
}

function words(rollouts: readonly RolloutFact[], episodes: EpisodesFact | null, now: number): Told {
  const last = rollouts.at(-1);
  if (!last) return { statement: "no rollout is known", measures: { rollouts: 0 } };
  const all = episodes?.episodes ?? [];
  const older = all.filter(({ burst }) => burst.start < last.at).length;
  const [first] = all;
  const lead = first ? beginningOf(first) - last.at : null;
  const before =
    all.length === 0
      ? ""
      : older === 0
        ? `; no episode predates it, the first came ${duration(lead ?? 0)} after it`
        : `; ${older} of ${plural(all.length, "episode is older", "episodes are older")} than it`;
  return {
    statement: `the latest rollout (${last.version ?? last.replicaSet}) came at ${dateAndClock(last.at)}, ${duration(now - last.at)} before now${before}`,
    measures: {
      rollouts: rollouts.length,
      version: last.version,
      ago: now - last.at,
      beforeFirstEpisode: lead,
      olderEpisodes: older,
      episodes: all.length,
    },
  };
}
