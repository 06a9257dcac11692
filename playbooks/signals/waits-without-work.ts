import { defineSignal, unknown } from "../../src/playbook.ts";
import { requestLogFact } from "../evidence/access-logs/fact.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { suspectFact } from "../evidence/target-groups/fact.ts";
import onePathHeld from "./one-path-held-open.ts";
import podsIdle from "./pods-idle.ts";

/**
 * Do requests wait without any work being done for them? The pods' CPU says so; where it is not known, the access log
 * does: work that takes this long would slow what else these pods answer, and would take now more and now less.
 */
export default defineSignal({
  id: "waits-without-work",
  question: "Do the long requests wait without work?",
  needs: {},
  uses: { podCpu: podCpuFact, alarm: alarmFact, log: requestLogFact, suspect: suspectFact },
  read({ podCpu, alarm, log, suspect }) {
    const idle = podCpu
      ? podsIdle.read({ podCpu })
      : unknown("needs the pods' CPU in the episodes", ["pod-cpu.plateau"]);
    if (idle.answer !== "unknown" || !alarm || !log || !suspect) return idle;
    const path = onePathHeld.read({ alarm, log, suspect });
    return path.answer === "yes" ? path : idle;
  },
});
