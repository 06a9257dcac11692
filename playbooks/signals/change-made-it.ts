import { defineSignal, type Reading, unknown } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { alarmChangesFact } from "../evidence/alarm-changes/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import { changesFact } from "../evidence/changes/fact.ts";
import madeStricter from "./alarm-made-stricter.ts";
import troubleSince from "./trouble-since-change.ts";

/**
 * Did a change that somebody made bring the trouble: of the alarm itself, whose metric is what it was, or of what fails, at
 * equal load? It was none only where both are known.
 */
export default defineSignal({
  id: "change-made-it",
  question: "Did a change to the alarm, or to what fails, cause the episodes?",
  needs: { alarm: alarmFact, episodes: episodesFact, judged: judgedFact },
  uses: { alarmChanges: alarmChangesFact, changes: changesFact },
  read({ alarm, episodes, judged, alarmChanges, changes }) {
    const ofAlarm = alarmChanges
      ? madeStricter.read({ alarm, episodes, judged, changed: alarmChanges })
      : unknown("needs the history of the alarm's settings");
    const ofOthers = changes
      ? troubleSince.read({ alarm, episodes, judged, changed: changes })
      : unknown("needs the recorded changes");
    for (const answer of ["yes", "unclear", "unknown"] as const)
      for (const one of [ofAlarm, ofOthers]) if (one.answer === answer) return one;
    return both(ofAlarm, ofOthers);
  },
});

function both(one: Reading, other: Reading): Reading {
  return {
    ...one,
    statement: `${one.statement}; ${other.statement}`,
    evidence: [...new Set([...one.evidence, ...other.evidence])],
  };
}
