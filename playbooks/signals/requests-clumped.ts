import { defineSignal, unclear, unknown } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { suspectFact, targetGroupsFact } from "../evidence/target-groups/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";
import podsClumped from "./pods-clumped.ts";
import targetsClumped from "./targets-clumped.ts";

/**
 * Do requests pile up on some pods while others have room? The pods' CPU says so; where it is not known, the access log
 * does. Pods that are alike are no proof against it, since requests can wait without CPU; that slow requests do not care to
 * which target they went is. Where the two contradict each other, neither is believed.
 */
export default defineSignal({
  id: "requests-clumped",
  question: "Do requests pile up on some pods while others have room?",
  needs: {},
  uses: {
    podCpu: podCpuFact,
    episodes: episodesFact,
    log: requestLogFact,
    suspect: suspectFact,
    targetGroups: targetGroupsFact,
    topology: topologyFact,
  },
  read({ podCpu, episodes, log, suspect, targetGroups, topology }) {
    const byCpu = podCpu
      ? podsClumped.read({ podCpu, ...(episodes && { episodes }) })
      : unknown("needs the pods' CPU in the episodes, or the access log", ["pod-cpu.evenness"]);
    if (!log || !suspect || !targetGroups) return byCpu.answer === "no" ? asUnclear(byCpu) : byCpu;
    const byLog = targetsClumped.read({ log, suspect, targetGroups, ...(topology && { topology }) });
    if (byCpu.answer === "unknown") return byLog;
    if (byLog.answer !== "no") return byCpu.answer === "no" ? asUnclear(byCpu) : byCpu;
    return byCpu.answer === "yes"
      ? unclear(`${byCpu.statement}; ${byLog.statement}`, [...byCpu.evidence, ...byLog.evidence])
      : byLog;
  },
});

function asUnclear({ statement, evidence, figure }: ReturnType<typeof podsClumped.read>) {
  return unclear(statement, evidence, figure);
}
