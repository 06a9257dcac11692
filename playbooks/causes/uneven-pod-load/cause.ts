import {
  ALIKE,
  confirmed,
  coreCount,
  defineHypothesis,
  highest,
  lowest,
  percent,
  plain,
  plural,
  range,
  rejected,
  seconds,
  sentence,
  supported,
  undetermined,
} from "../../../src/playbook.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { blameFact } from "../../evidence/target-groups/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import { demandFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** Below it, in a fleet of several pods, at least one of them had clearly less to do than the others. */
const UNEVEN = 0.85;
/** In this share of the bursts' minutes some pods must be hot while others idle. */
const CLUMPED = 0.3;
/** From this correlation on the same pods are hot in every burst: it is those pods, or clients stuck to them. */
const SAME_PODS = 0.6;
/** With this share of the hottest pods' CPU in use over the fleet there is room elsewhere. */
const ROOM = 0.75;

/**
 * Requests clump: the rule that hands them out does not see how busy a pod is (000 top section, N3). What decides: in
 * the bursts some pods are pinned while others idle, and who is hot changes.
 */
export default defineHypothesis({
  cause: "uneven-pod-load",
  title: "round robin clumps requests",
  claim: "The rule that hands out requests ignores how busy a pod is: some pods queue while others idle.",
  needs: { podCpu: podCpuFact },
  uses: { topology: topologyFact, workload: workloadFact, demand: demandFact, blame: blameFact },
  judge({ podCpu, topology, workload, demand, blame }) {
    const { pods, together, jain, clumpedShare, samePods, plateau, fleetInBursts } = podCpu;
    const means = pods.flatMap(({ inBursts }) => inBursts ?? []);
    const low = plain(lowest(means) ?? 0);
    const high = plain(highest(means) ?? 0);
    const evidence = ["pod-cpu.evenness"];
    if (jain === null || clumpedShare === null || plateau === null || fleetInBursts === null)
      return undetermined("no pod has a CPU figure in the bursts", evidence);
    if (together === 1) return rejected("one pod serves alone: there is none to be idle beside it", evidence);
    if (jain >= ALIKE)
      return rejected(`all ${together} pods ran alike in the bursts (${range(low, high)} cores)`, evidence);
    if (samePods !== null && samePods > SAME_PODS)
      return rejected(
        `the same pods are hot in every burst (correlation ${plain(samePods)}): it is those pods or their clients, not the turn`,
        evidence,
      );
    const used = fleetInBursts / (together * plateau);
    const figures = `in ${percent(clumpedShare)} of the bursts' minutes some pods were hot while others idled (${range(low, high)} cores, evenness ${plain(jain)})`;
    if (used > ROOM)
      return rejected(`the fleet had no room: ${percent(used)} of what the hottest pods use was in use everywhere`, [
        "pod-cpu.plateau",
        ...evidence,
      ]);
    if (clumpedShare < CLUMPED || jain > UNEVEN)
      return undetermined(`the pods ran neither alike nor clearly apart: ${figures}`, evidence);
    const explains = podCpu.byEpisode
      .filter((one) => one.jain !== null && one.jain < ALIKE)
      .map(({ episode }) => episode);
    const rule =
      topology?.targetType === "instance"
        ? "round robin picks a node and kube-proxy a pod at random; neither sees how busy a pod is"
        : "the load balancer hands out requests without seeing how busy a pod is";
    const name = workload?.name ?? "the service";
    const slow = blame?.guilty?.inside ?? null;
    const words = {
      headline: `Requests clump on some pods of ${name} while others idle: ${percent(used)} of the fleet is in use.`,
      summary: `${sentence(figures)}. ${sentence(rule)}, and the work per request varies${demand ? ` (${seconds(demand.serviceTime)} where none waits${slow === null ? "" : `, ${seconds(slow)} on average in the bursts`})` : ""}, so that requests queue behind long ones on ${plural(together, "pod")} that use ${coreCount(fleetInBursts)} together. Who is hot changes from burst to burst.`,
    };
    return samePods !== null
      ? confirmed(figures, [...evidence, "pod-cpu.plateau", "target-topology.path"], explains, words)
      : supported(`${figures}; too few bursts to see whether it is always the same pods`, evidence, explains, words);
  },
});
