import { defineSignal, no, percent, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";

/**
 * From this share of throttled periods on, requests wait for the quota often enough to be seen in their latency. It is
 * the share from which the Kubernetes mixin warns (CPUThrottlingHigh, 25 %). The average use says nothing against it: many
 * threads spend a period's quota at once and use 30–60 % of the limit on average.
 */
export const HEAVY = 0.25;
/** Below it throttling is next to nothing (000 C4). */
export const LIGHT = 0.1;

/** Did the CPU quota stop the pods within its periods? */
export default defineSignal({
  id: "pods-throttled",
  question: "Did the CPU quota throttle the pods?",
  needs: { podCpu: podCpuFact },
  uses: { workers: workersFact },
  read({ podCpu: { throttledShare, containers = [] }, workers }) {
    const evidence = ["pod-cpu.throttling"];
    if (throttledShare === null) {
      const limited = containers.some(({ limit }) => limit !== null);
      if (workers?.quotaFrom && workers.quota === null && !limited)
        return no("the pods have no CPU quota", ["worker-quota.quota"]);
      return unknown("needs the throttled periods of the pods", evidence);
    }
    const figure = `${percent(throttledShare)} of the CPU periods were throttled`;
    if (throttledShare >= HEAVY) return yes(figure, evidence, throttledShare);
    if (throttledShare < LIGHT) return no(figure, evidence, throttledShare);
    return unclear(
      `${figure}: too much to ignore, but too little to explain the latency alone`,
      evidence,
      throttledShare,
    );
  },
});
