import {
  ALIKE,
  AT_MAXIMUM,
  confirmed,
  coreCount,
  defineHypothesis,
  HEAVY_THROTTLING,
  NODE_FULL,
  NODE_ROOM,
  nodesBusy,
  percent,
  plain,
  plural,
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

/** The pods use all that they are given from this share of the quota on. */
const USED_UP = 0.85;

/**
 * The pods really use all the CPU there is, and there are too few of them (000 H, J). What decides: the nodes' CPU is
 * used up, or every pod uses its whole quota with the autoscaler at its maximum or absent.
 */
export default defineHypothesis({
  cause: "insufficient-capacity",
  title: "too few pods or nodes",
  claim: "All pods use all the CPU that they can get, and there are too few of them for the bursts.",
  needs: {
    podCpu: podCpuFact,
    workload: workloadFact,
    rollouts: rolloutsFact,
    episodes: episodesFact,
    nodes: nodesFact,
  },
  uses: { workers: workersFact, autoscaler: autoscalerFact },
  judge({ podCpu, workload, nodes, workers, autoscaler, episodes }) {
    const { plateau, jain, throttledShare } = podCpu;
    if (plateau === null || jain === null)
      return undetermined("no pod has a CPU figure in the bursts", ["pod-cpu.evenness"]);
    const explains = episodes.episodes.map(({ id }) => id);
    const usual = nodesBusy(nodes);
    if (usual !== null && usual >= NODE_FULL) {
      const figure = `the nodes that hold the pods were ${percent(usual)} busy in the bursts`;
      return confirmed(figure, ["nodes.hosts", "pod-cpu.plateau"], explains, {
        headline: `${workload.name}'s nodes have no CPU left in the bursts.`,
        summary: `${figure[0]?.toUpperCase()}${figure.slice(1)}, so its ${plural(podCpu.together, "pod")} get ${coreCount(plateau)} each and no more, whatever their limit says, and requests wait.`,
      });
    }
    const quota = workers?.quota ?? null;
    if (quota === null || plateau < USED_UP * quota) {
      const room =
        quota === null
          ? `the pods use ${coreCount(plateau)} each and have no quota`
          : `the pods use ${coreCount(plateau)} of a quota of ${plain(quota)}`;
      if (usual === null)
        return undetermined(`${room}; whether the nodes had CPU left needs their CPU`, ["pod-cpu.plateau"]);
      if (usual >= NODE_ROOM)
        return undetermined(`${room}, and the nodes were ${percent(usual)} busy: nearly full`, [
          "nodes.hosts",
          "pod-cpu.plateau",
        ]);
      return rejected(`${room}, and the nodes were ${percent(usual)} busy: CPU was left over`, [
        "pod-cpu.plateau",
        "nodes.hosts",
      ]);
    }
    if (jain < ALIKE)
      return rejected(`the pods did not run alike (evenness ${plain(jain)}): some had CPU left over`, [
        "pod-cpu.evenness",
      ]);
    const full = `all pods use ${coreCount(plateau)} of a quota of ${plain(quota)}`;
    const evidence = ["pod-cpu.plateau", "autoscaler.target", "worker-quota.quota"];
    const words = (why: string) => ({
      headline: `${workload.name} has too few pods for its bursts.`,
      summary: `In the bursts ${full}, and ${why}. They have workers enough to use it; there is not more of it.`,
    });
    if (throttledShare === null || usual === null)
      return undetermined(
        `${full}; needs ${throttledShare === null ? "the throttled periods" : "the nodes' CPU"}`,
        evidence,
      );
    const most = autoscaler?.atMaximum ?? null;
    if (autoscaler?.target && most !== null && most >= AT_MAXIMUM) {
      const why = `the autoscaler stands at its maximum of ${autoscaler.target.max} in ${percent(most)} of the bursts`;
      return confirmed(`${full}, and ${why}`, evidence, explains, words(why));
    }
    if (throttledShare >= HEAVY_THROTTLING)
      return rejected(
        `the quota throttles the pods (${percent(throttledShare)} of the periods) while the nodes have CPU left`,
        ["pod-cpu.throttling", "nodes.hosts"],
      );
    const why = "no autoscaler adds any";
    if (autoscaler && !autoscaler.target) return confirmed(`${full}, and ${why}`, evidence, explains, words(why));
    return undetermined(
      `${full}; ${autoscaler?.target && most !== null ? "yet the autoscaler stood below its maximum and added none" : "needs the autoscaler, to tell whether it could add pods"}`,
      evidence,
    );
  },
});
