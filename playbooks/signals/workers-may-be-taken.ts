import { defineSignal, no, type Reading, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import { demandFact, workersFact } from "../evidence/worker-quota/fact.ts";
import wholeCores from "./plateau-at-whole-cores.ts";
import podsAlike from "./pods-alike.ts";
import workAbove from "./work-above-workers.ts";
import workersTaken, { kindAssumed } from "./workers-all-taken.ts";
import answerAll from "./workers-answer-all-they-can.ts";

/**
 * Would what is seen be workers that are all taken, if what could not be read were as it mostly is: the server's default
 * kind of worker, or as many workers as the pods top out at cores?
 */
export default defineSignal({
  id: "workers-may-be-taken",
  question: "Is this what it would look like if all workers were busy?",
  needs: { workers: workersFact },
  uses: { podCpu: podCpuFact, demand: demandFact, metric: guiltyMetricFact, episodes: episodesFact },
  read({ workers, podCpu, ...loads }): Reading {
    const taken = workersTaken.read({ workers, ...(podCpu && { podCpu }), ...loads });
    if (taken.answer === "yes") return taken;
    const { demand, metric, episodes } = loads;
    const above = demand ? workAbove.read({ demand }).answer : "unknown";
    const answered = demand && metric && episodes ? answerAll.read({ demand, metric, episodes }).answer : "unknown";
    if (kindAssumed(workers) !== null && [above, answered].includes("yes"))
      return yes(taken.statement, taken.evidence, taken.figure);
    if (!podCpu) return unknown("needs the pods' CPU");
    const [cores, alike] = [wholeCores.read({ podCpu, workers }), podsAlike.read({ podCpu })];
    if (cores.answer !== "yes") return cores;
    return alike.answer === "yes" ? cores : no(alike.statement, alike.evidence, alike.figure);
  },
});
