import { coreCount, defineFactor, plural } from "../../../src/playbook.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { workersFact } from "../../evidence/worker-quota/fact.ts";

/** Below this share of throttled periods throttling is next to nothing (000 C4), as pods-throttled draws the line. */
const THROTTLED = 0.1;

/** More workers than the quota has cores: busy workers throttle each other (000 H3). */
export default defineFactor({
  factor: "quota-too-small-for-workers",
  action: {
    kind: "prevent",
    title: "raise the CPU limit to a core for each worker",
    settledBy: ["raise-quota", "more-workers"],
  },
  needs: { workers: workersFact, podCpu: podCpuFact },
  find({ workers: { workers, quota }, podCpu: { throttledShare } }) {
    // Workers that wait a lot may share a core; only where throttling shows it is the quota too small.
    if (workers === null || quota === null || workers <= quota || throttledShare === null || throttledShare < THROTTLED)
      return null;
    return {
      statement: `${plural(workers, "worker")} share a quota of ${coreCount(quota)}`,
      evidence: ["worker-quota.quota", "worker-quota.workers", "pod-cpu.throttling"],
    };
  },
});
