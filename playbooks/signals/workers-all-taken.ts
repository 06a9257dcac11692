import {
  defineSignal,
  no,
  type PodCpuFact,
  type Reading,
  unclear,
  unknown,
  type WorkersFact,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import { demandFact, workersFact } from "../evidence/worker-quota/fact.ts";
import podsAlike from "./pods-alike.ts";
import workAbove from "./work-above-workers.ts";
import answerAll from "./workers-answer-all-they-can.ts";
import workersBusy from "./workers-busy.ts";

/**
 * Are all workers taken: each as busy as one core lets it be, or, where a worker blocks on its one request, more work
 * arriving than there are workers, or as much answered as all of them can while others queue, whatever the CPU shows?
 */
export default defineSignal({
  id: "workers-all-taken",
  question: "Are all workers of the fleet busy?",
  needs: { workers: workersFact },
  uses: { podCpu: podCpuFact, demand: demandFact, metric: guiltyMetricFact, episodes: episodesFact },
  read({ workers, podCpu, demand, metric, episodes }) {
    const busy = podCpu ? busyEverywhere(podCpu, workers) : unknown("needs the pods' CPU");
    if (busy.answer === "yes") return busy;
    const blocks = workers.kind === "processes";
    if (!blocks) return busy;
    const work = demand ? workAbove.read({ demand }) : unknown("needs quiet minutes to compare the episodes with");
    const assumed = kindAssumed(workers);
    if (work.answer === "yes")
      return assumed === null ? work : unclear(`${work.statement}, but ${assumed}`, work.evidence, work.figure);
    if (busy.answer === "no" && work.answer === "no")
      return no(`${busy.statement}, and ${work.statement}`, [...busy.evidence, ...work.evidence]);
    if (work.answer === "unknown") return work;
    const answered = demand && metric && episodes ? answerAll.read({ demand, metric, episodes }) : null;
    if (answered?.answer === "yes")
      return assumed === null
        ? answered
        : unclear(`${answered.statement}, but ${assumed}`, answered.evidence, answered.figure);
    return unclear(`${busy.statement}; ${work.statement}`, [...busy.evidence, ...work.evidence]);
  },
});

/** That a worker blocks on its request is a reading only where everything that could say otherwise was read. */
export function kindAssumed({ server, kindUnread = [] }: WorkersFact): string | null {
  const [first] = kindUnread;
  if (first === undefined) return null;
  return `one request at a time per worker is only the default of ${server ?? "its server"}: ${first} was not read`;
}

/** The plateau is the busiest pods': where the others idle, their workers are free. */
function busyEverywhere(podCpu: PodCpuFact, workers: WorkersFact): Reading {
  const busy = workersBusy.read({ podCpu, workers });
  const alike = podsAlike.read({ podCpu });
  if (busy.answer !== "yes" || alike.answer !== "no") return busy;
  return unclear(`${busy.statement}, but ${alike.statement}`, [...busy.evidence, ...alike.evidence], busy.figure);
}
