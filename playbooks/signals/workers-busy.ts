import { coreCount, defineSignal, no, plural, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";

/** A worker that runs one request after another shows nearly a core, less what it waits in between. */
export const BUSY = 0.7;
/** Below this share of a core each worker has time to spare. */
export const IDLE = 0.5;
/** Above it a worker runs on more than one core (threads, native code), or its CPU was counted twice. */
export const MORE_THAN_A_CORE = 1.1;

/** Does each worker run at the one core that it can use? Only where a worker is one thread of execution at a time. */
export default defineSignal({
  id: "workers-busy",
  question: "Is each worker as busy as one core lets it be?",
  needs: { podCpu: podCpuFact, workers: workersFact },
  uses: {},
  read({ podCpu: { plateau, container }, workers: { workers, singleCore } }) {
    const evidence = ["pod-cpu.plateau", "worker-quota.workers"];
    if (plateau === null) return unknown("no pod has a CPU figure in the episodes", evidence);
    if (workers === null) return unknown("needs the number of workers of a pod", evidence);
    if (singleCore === false) return unknown("a worker of this server may use several cores", evidence);
    if (container !== undefined)
      return unclear(`container ${container} is the busy one of the pod, not the one that serves`, [
        "pod-cpu.containers",
      ]);
    const share = plateau / workers;
    const figure = `the pods top out at ${coreCount(plateau)} with ${plural(workers, "worker")}`;
    if (share > MORE_THAN_A_CORE)
      return unclear(`${figure}: more than one core for each; native code, or counted twice`, evidence, share);
    if (share >= BUSY && singleCore !== true)
      return unclear(`${figure}; whether a worker can use more than one core is not known`, evidence, share);
    if (share >= BUSY) return yes(figure, evidence, share);
    if (share < IDLE) return no(`${figure}; busy workers would use more`, evidence, share);
    return unclear(`${figure}: neither clearly busy nor clearly waiting`, evidence, share);
  },
});
