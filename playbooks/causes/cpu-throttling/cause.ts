import {
  AT_MAXIMUM,
  type AutoscalerFact,
  confirmed,
  coreCount,
  defineHypothesis,
  HEAVY_THROTTLING,
  NODE_FULL,
  type NodeFact,
  nodesBusy,
  percent,
  plain,
  type RolloutFact,
  rejected,
  undetermined,
} from "../../../src/playbook.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";
import { autoscalerFact } from "../../evidence/autoscaler/fact.ts";
import { nodesFact } from "../../evidence/nodes/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { rolloutsFact } from "../../evidence/rollouts/fact.ts";
import { workersFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** Below it throttling is next to nothing (000 C4); the Kubernetes mixin warns from 25 %, and often falsely (#108). */
const LIGHT = 0.1;
/** Usage sits at the quota from this share on. */
const AT_QUOTA = 0.75;

/** The pods' CPU quota throttles them (000 C4). What decides: the share of throttled periods in the bursts. */
export default defineHypothesis({
  cause: "cpu-throttling",
  title: "CPU throttling",
  claim: "The pods' CPU quota stops them within each period, and requests wait for the next one.",
  needs: { podCpu: podCpuFact, workload: workloadFact, episodes: episodesFact },
  uses: { workers: workersFact, autoscaler: autoscalerFact, nodes: nodesFact, rollouts: rolloutsFact },
  judge({ podCpu, workers, autoscaler, nodes, workload, episodes, rollouts }) {
    const evidence = ["pod-cpu.throttling", "pod-cpu.plateau", "worker-quota.quota"];
    const { throttledShare, plateau } = podCpu;
    if (throttledShare === null) {
      if (workers?.quotaFrom && workers.quota === null)
        return rejected("the pods have no CPU quota", ["worker-quota.quota"]);
      return undetermined("needs the throttled periods of the pods", ["pod-cpu.plateau"]);
    }
    if (throttledShare < LIGHT)
      return rejected(`${percent(throttledShare)} of the CPU periods were throttled in the bursts`, evidence);
    const quota = workers?.quota ?? null;
    if (throttledShare < HEAVY_THROTTLING)
      return undetermined(
        `${percent(throttledShare)} of the CPU periods were throttled: too much to ignore, too little to explain the latency alone`,
        evidence,
      );
    const used = quota !== null && plateau !== null ? plateau / quota : null;
    if (used !== null && used < AT_QUOTA)
      return undetermined(
        `${percent(throttledShare)} of the CPU periods were throttled, yet the pods use only ${percent(used)} of their quota`,
        evidence,
      );
    const missing = missingFor({ quota, autoscaler, nodes, rollouts });
    if (missing !== null)
      return undetermined(`${percent(throttledShare)} of the CPU periods were throttled; needs ${missing}`, evidence);
    const atMaximum = autoscaler?.atMaximum ?? 0;
    if (atMaximum >= AT_MAXIMUM)
      return rejected(
        `the autoscaler stood at its maximum in ${percent(atMaximum)} of the bursts: it is the fleet that is too small`,
        ["autoscaler.target", "pod-cpu.throttling"],
      );
    const busyShare = nodesBusy(nodes ?? []);
    if (busyShare !== null && busyShare >= NODE_FULL)
      return rejected(`the nodes were ${percent(busyShare)} busy: without the quota the pods would get no more`, [
        "nodes.hosts",
        "pod-cpu.throttling",
      ]);
    const at = `${coreCount(plateau ?? 0)} of a quota of ${plain(quota ?? 0)}`;
    return confirmed(
      `${percent(throttledShare)} of the CPU periods were throttled in the bursts, at ${at}`,
      evidence,
      episodes.episodes.map(({ id }) => id),
      {
        headline: `The CPU quota of ${workload.name}'s pods throttles them in the bursts.`,
        summary: `In the bursts ${percent(throttledShare)} of the pods' CPU periods were throttled, at ${at}. Their workers could use more, and ${busyShare === null ? "whether the nodes have it to give is not known" : `the nodes have it to give (${percent(busyShare)} busy)`}: requests wait for the quota's next period.`,
      },
    );
  },
});

/** What else would have to be known, since it could make another cause of the same throttling; null: nothing. */
function missingFor({ quota, autoscaler, nodes, rollouts }: Competing): string | null {
  if (quota === null) return "the quota";
  if (!autoscaler || (autoscaler.target && autoscaler.atMaximum === null))
    return "the autoscaler, to tell a small quota from a small fleet";
  if (!nodes?.some(({ busyInBursts }) => busyInBursts !== null))
    return "the nodes' CPU, to tell whether they have more to give";
  return rollouts ? null : "the rollouts, to tell whether one made requests dearer";
}

interface Competing {
  readonly quota: number | null;
  readonly autoscaler: AutoscalerFact | undefined;
  readonly nodes: readonly NodeFact[] | undefined;
  readonly rollouts: readonly RolloutFact[] | undefined;
}
