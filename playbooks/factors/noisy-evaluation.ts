import { defineFactor, duration, plural } from "../../src/playbook.ts";

/** A window of at most this many seconds that must breach reacts to every short burst. */
const SHORT = 180;
/** Fewer cycles than this are incidents, not flapping. */
const CYCLES = 3;

/** Period, datapoints and threshold make it flap: a short window, and nothing that keeps it in its state (000 A5). */
export default defineFactor({
  factor: "noisy-evaluation",
  needs: ["alarm", "episodes"],
  find({ alarm, episodes }) {
    const window = alarm.period * alarm.evaluationPeriods;
    if (episodes.cycles < CYCLES || window > SHORT) return null;
    return {
      statement: `${plural(alarm.evaluationPeriods, "datapoint")} of ${duration(alarm.period)} decide, and one within the threshold ends it: ${episodes.cycles} cycles`,
      evidence: ["alarm-history.condition", "alarm-history.flapping"],
    };
  },
});
