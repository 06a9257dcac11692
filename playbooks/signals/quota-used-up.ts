import { coreCount, defineSignal, no, percent, plain, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";
import { LIGHT } from "./pods-throttled.ts";

/** The pods use all that they are given from this share of the quota on: a minute's average never reaches all of it. */
export const USED_UP = 0.85;
/** Below it CPU is left. */
export const LEFT = 0.75;

/**
 * Do the pods use up their CPU quota? What could use more is throttled: pods that stand at the quota and are hardly ever
 * throttled have as many workers as it has cores, or their CPU was counted twice.
 */
export default defineSignal({
  id: "quota-used-up",
  question: "Did the pods use up their CPU quota?",
  needs: { podCpu: podCpuFact, workers: workersFact },
  uses: {},
  read({ podCpu: { plateau, container, throttledShare }, workers: { quota, quotaFrom } }) {
    const evidence = ["pod-cpu.plateau", "worker-quota.quota"];
    if (plateau === null) return unknown("no pod has a CPU figure in the episodes", evidence);
    if (quota === null)
      return quotaFrom === null
        ? unknown("needs the pods' CPU quota", evidence)
        : no(`the pods use ${coreCount(plateau)} each and have no quota`, evidence);
    if (container !== undefined)
      return unclear(`container ${container} is the busy one of the pod, not the one that serves`, [
        "pod-cpu.containers",
      ]);
    const share = plateau / quota;
    const figure = `the pods top out at ${coreCount(plateau)} of a quota of ${plain(quota)}`;
    if (share >= USED_UP && throttledShare !== null && throttledShare < LIGHT)
      return unclear(
        `${figure}, which throttled them in only ${percent(throttledShare)} of the periods`,
        [...evidence, "pod-cpu.throttling"],
        share,
      );
    if (share >= USED_UP) return yes(figure, evidence, share);
    return share < LEFT ? no(figure, evidence, share) : unclear(`${figure}: close to it`, evidence, share);
  },
});
