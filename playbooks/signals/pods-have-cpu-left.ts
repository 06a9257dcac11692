import { coreCount, defineSignal, no, plain, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { workersFact } from "../evidence/worker-quota/fact.ts";

/** The pods have CPU left where they use less than this share of what they could. */
export const ROOM = 0.6;
/** From this share on they are busy themselves. */
export const BUSY = 0.7;

/**
 * Do the pods have CPU left of what their workers and their quota let them use? Without a quota any server can use a core at
 * least, however many workers it has: of that they may have room; how much more they could use is not known.
 */
export default defineSignal({
  id: "pods-have-cpu-left",
  question: "Do the pods have CPU to spare in the episodes?",
  needs: { podCpu: podCpuFact },
  uses: { workers: workersFact },
  read({ podCpu: { plateau, container }, workers }) {
    const evidence = ["pod-cpu.plateau", "worker-quota.workers", "worker-quota.quota"];
    if (plateau === null) return unknown("no pod has a CPU figure in the episodes", evidence);
    const limits = [workers?.workers ?? null, workers?.quota ?? null].flatMap((one) => one ?? []);
    const unbounded = limits.length === 0 && workers !== undefined && workers.quotaFrom !== null;
    if (unbounded && plateau <= ROOM && container === undefined)
      return yes(
        `the pods top out at ${coreCount(plateau)}, and have no CPU quota: a core at least is theirs`,
        evidence,
        plateau,
      );
    if (limits.length === 0)
      return unknown("needs the number of workers or the quota, to say whether the pods had CPU left", evidence);
    if (container !== undefined)
      return unclear(`container ${container} is the busy one of the pod, not the one that serves`, [
        "pod-cpu.containers",
      ]);
    // Threads of one process may run on several cores: what the pods do use, they can use.
    const could = Math.max(plateau, Math.min(...limits));
    const share = plateau / could;
    const figure = `the pods top out at ${coreCount(plateau)} of the ${plain(could)} they can use`;
    if (share <= ROOM) return yes(figure, evidence, share);
    return share >= BUSY ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
