import { coreCount, defineFactor, plain, plural } from "../../../src/playbook.ts";
import { podCpuFact } from "../../evidence/pod-cpu/fact.ts";
import { workersFact } from "../../evidence/worker-quota/fact.ts";

/** A quota this much above one core a worker leaves room that no worker can use; a little headroom is no mistake. */
const UNUSED = 1.2;

/** The CPU limit is higher than the workers can use (000 G8). */
export default defineFactor({
  factor: "quota-unusable",
  action: {
    kind: "prevent",
    title: "as many workers as the limit has cores, or a lower limit",
    settledBy: ["more-workers"],
  },
  needs: { workers: workersFact, podCpu: podCpuFact },
  find({ workers: { workers, quota }, podCpu: { plateau } }) {
    if (workers === null || quota === null || plateau === null) return null;
    if (quota < UNUSED * workers || plateau > workers) return null;
    return {
      statement: `the quota of ${coreCount(quota)} cannot be used by ${plural(workers, "worker")}: the pods top out at ${plain(plateau)}`,
      evidence: ["worker-quota.quota", "worker-quota.workers", "pod-cpu.plateau"],
    };
  },
});
