import { defineFactor, duration, plural } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";

/** Up to a period of this many seconds CloudWatch's evaluations and the metric's datapoints go one by one. */
const MINUTE = 60;
/** So many changes in quick succession: one may be an alarm that was set anew. */
const LEAST = 2;

/**
 * A period above 60 s slides by the minute: one bad minute is counted in several windows, and the alarm flaps (000 A5;
 * facts.md 10). On the clock's grid two changes of state would lie a whole period apart; nearer ones are the sliding's.
 */
export default defineFactor({
  factor: "sliding-window",
  action: {
    kind: "detect",
    title: "a period of 60 s, with M of N instead of the long period",
    settledBy: ["steadier-alarm", "calmer-alarm"],
  },
  needs: { alarm: alarmFact, episodes: episodesFact },
  find({ alarm: { period }, episodes: { transitions } }) {
    if (period <= MINUTE) return null;
    const changes = transitions.filter(({ from, to }) => from !== "INSUFFICIENT_DATA" && to !== "INSUFFICIENT_DATA");
    // An evaluation may itself be late by up to a minute.
    const quick = changes.filter(({ at }, index) => {
      const before = changes[index - 1];
      return before !== undefined && at - before.at < period - MINUTE;
    }).length;
    if (quick < LEAST) return null;
    return {
      statement: `its period of ${duration(period)} slides by the minute, and one bad minute counts in several windows: ${quick} of ${plural(changes.length, "change")} of state came less than a period after the previous one`,
      evidence: ["alarm-history.condition", "alarm-history.flapping"],
    };
  },
});
