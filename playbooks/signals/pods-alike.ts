import { defineSignal, highest, lowest, no, plain, range, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";

/**
 * Pods ran alike from this Jain index on: four pods at 0.7, 0.9, 0.9 and 0.9 cores have 0.99; with one of them at half
 * of the others it is 0.94.
 */
export const ALIKE = 0.9;
/** Below it, in a fleet of several pods, at least one of them had clearly less to do than the others. */
export const UNEVEN = 0.85;
/** A pod with less than this part of what the busiest one does is not like it, whatever the index of them all says. */
export const PART = 0.5;

/** Did all pods have equally much to do (000 F4)? By Jain's index of their CPU in the minutes of the episodes. */
export default defineSignal({
  id: "pods-alike",
  question: "Were all pods equally busy in the episodes?",
  needs: { podCpu: podCpuFact },
  uses: {},
  read({ podCpu: { together, jain, pods } }) {
    const evidence = ["pod-cpu.evenness"];
    const means = pods.flatMap(({ inBursts }) => inBursts ?? []);
    const [low, high] = [lowest(means), highest(means)];
    if (jain === null || low === null || high === null)
      return unknown("no pod has a CPU figure in the episodes", evidence);
    if (together === 1) return yes("only one pod", evidence, jain);
    const figures = `${range(plain(low), plain(high))} cores, evenness ${plain(jain)}`;
    const isPart = low < PART * high;
    if (jain >= ALIKE && !isPart) return yes(`all ${together} pods were equally busy (${figures})`, evidence, jain);
    // Among many pods one index hides that a few have clearly less to do: between the two the least busy one decides.
    if (jain <= UNEVEN || (jain < ALIKE && isPart))
      return no(`the pods were not equally busy (${figures})`, evidence, jain);
    return unclear(`the pods were neither equally busy nor clearly apart (${figures})`, evidence, jain);
  },
});
