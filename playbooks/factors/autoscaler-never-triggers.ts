import { defineFactor, plain } from "../../src/playbook.ts";

/** The autoscaler leaves a ratio within 10 % of its target alone (Kubernetes, Horizontal Pod Autoscaling, tolerance). */
const TOLERANCE = 0.1;

/**
 * The autoscaler's target is above what the pods can ever show: its utilisation is of the request, truncated to whole
 * percent, and the pods' CPU ends at one core a worker or at the quota (000 H6–H8). Assumes that no thread escapes the
 * interpreter lock and no sidecar is busy; pods that were seen to use more than that are taken at what they used.
 */
export default defineFactor({
  factor: "autoscaler-never-triggers",
  needs: ["autoscaler", "workers", "podCpu", "workload"],
  find({ autoscaler, workers, podCpu, workload }) {
    const target = autoscaler.target?.cpuUtilisation ?? null;
    const request = workload.podCpuRequest;
    if (target === null || request === null || request === 0 || workers.workers === null) return null;
    const most = Math.max(Math.min(workers.workers, workers.quota ?? Number.POSITIVE_INFINITY), podCpu.plateau ?? 0);
    const reachable = Math.floor((most / request) * 100);
    const needed = target * (1 + TOLERANCE);
    if (reachable > needed) return null;
    return {
      statement: `the autoscaler can never act: it sees at most ${reachable} % of the request, and acts above ${plain(needed)} %`,
      evidence: ["autoscaler.target", "worker-quota.workers", "pod-cpu.plateau"],
    };
  },
});
