import { actsAbove, defineFactor, plain, seenUtilisation, type WorkloadFact } from "../../../src/playbook.ts";
import { autoscalerFact } from "../../evidence/autoscaler/fact.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { workersFact } from "../../evidence/worker-quota/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/**
 * The autoscaler's target is above what the pods can ever show: its utilisation is of the request, truncated to whole
 * percent, and the pods' CPU ends at one core a worker or at the quota (000 H6–H8). Assumes that no thread escapes the
 * interpreter lock and no sidecar is busy; pods that were seen to use more than that are taken at what they used.
 */
export default defineFactor({
  factor: "autoscaler-never-triggers",
  action: {
    kind: "mitigate",
    title: "set the autoscaler's target below what a busy pod reaches",
    settledBy: ["autoscaler-that-acts"],
  },
  needs: { autoscaler: autoscalerFact, workers: workersFact, podCpu: podCpuFact, workload: workloadFact },
  find({ autoscaler, workers, podCpu, workload }) {
    const target = autoscaler.target?.cpuUtilisation ?? null;
    const container = autoscaler.target?.container ?? null;
    const request = container === null ? workload.podCpuRequest : requestOf(workload, container);
    // It looks at another container than the one whose workers are known.
    if (container !== null && container !== workload.serving.name) return null;
    if (target === null || request === null || request === 0 || workers.workers === null) return null;
    const most = Math.max(Math.min(workers.workers, workers.quota ?? Number.POSITIVE_INFINITY), podCpu.plateau ?? 0);
    const reachable = seenUtilisation(most, request);
    const needed = actsAbove(target);
    if (reachable > needed) return null;
    return {
      statement: `the autoscaler can never trigger: utilisation${container === null ? "" : ` of container ${container}`} peaks at ${reachable} %, it needs more than ${plain(needed)} %`,
      evidence: ["autoscaler.target", "worker-quota.workers", "pod-cpu.plateau"],
    };
  },
});

function requestOf({ containers }: WorkloadFact, name: string): number | null {
  return containers.find((one) => one.name === name)?.cpuRequest ?? null;
}
