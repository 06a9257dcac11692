import { defineFactor, duration, plural } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { episodesFact } from "../../evidence/alarm-history/fact.ts";

/** A window of at most this many seconds that must breach reacts to every short burst. */
const SHORT = 180;
/** Fewer cycles than this are incidents, not flapping. */
const CYCLES = 3;

/** Period, datapoints and threshold make it flap: a short window, and nothing that keeps it in its state (000 A5). */
export default defineFactor({
  factor: "noisy-evaluation",
  action: {
    kind: "detect",
    title: "M of N datapoints with today's M and a larger N",
    settledBy: ["steadier-alarm", "calmer-alarm"],
  },
  needs: { alarm: alarmFact, episodes: episodesFact },
  find({ alarm, episodes }) {
    const window = alarm.period * alarm.evaluationPeriods;
    if (episodes.cycles < CYCLES || window > SHORT) return null;
    const { datapointsToAlarm: m, evaluationPeriods: n } = alarm;
    const count = m === n ? plural(n, "datapoint") : `${m} of ${n} datapoints`;
    // It ends as soon as fewer than M of the newest N breach.
    const end = n - m + 1 === 1 ? "one good one clears it" : `${n - m + 1} good ones clear it`;
    return {
      statement: `${count} of ${duration(alarm.period)} ${m === 1 ? "triggers" : "trigger"} it, ${end}: ${episodes.cycles} cycles`,
      evidence: ["alarm-history.condition", "alarm-history.flapping"],
    };
  },
});
