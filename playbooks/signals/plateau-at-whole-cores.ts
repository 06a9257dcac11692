import { coreCount, defineSignal, no, plain, plural, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";
import { LEFT } from "./quota-used-up.ts";
import { BUSY } from "./workers-busy.ts";

/** Do the pods top out just under a whole number of cores, well below their quota, as busy workers would? */
export default defineSignal({
  id: "plateau-at-whole-cores",
  question: "Do the pods top out just under a whole number of cores?",
  needs: { podCpu: podCpuFact, workers: workersFact },
  uses: {},
  read({ podCpu: { plateau, container }, workers: { quota } }) {
    const evidence = ["pod-cpu.plateau", "worker-quota.quota"];
    if (plateau === null) return unknown("no pod has a CPU figure in the episodes", evidence);
    if (container !== undefined)
      return unclear(`container ${container} is the busy one of the pod, not the one that serves`, [
        "pod-cpu.containers",
      ]);
    const whole = Math.max(1, Math.round(plateau));
    const figure = `the pods top out at ${coreCount(plateau)}`;
    if (plateau / whole < BUSY || quota === null || plateau > LEFT * quota) return no(figure, evidence, plateau);
    return yes(
      `${figure}, below their quota of ${plain(quota)}, as ${plural(whole, "worker")} would`,
      evidence,
      plateau,
    );
  },
});
