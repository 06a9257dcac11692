import { defineFactor, seconds } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";

/** Average hides or invents trouble where a percentile would not (000 A7). */
export default defineFactor({
  factor: "alarm-on-average",
  action: {
    kind: "detect",
    title: "alarm on p95 or p99 for what users experience; keep the average for capacity",
    settledBy: ["exempt-long-poll"],
  },
  needs: { alarm: alarmFact },
  find({ alarm }) {
    if (alarm.statistic !== "Average") return null;
    // A band that could not be read has no figure yet.
    const limit = Number.isNaN(alarm.threshold) ? "its band" : seconds(alarm.threshold);
    return {
      statement: `the alarm judges the average: a few slow requests can raise it above ${limit}, and many fast ones hide slow ones`,
      evidence: ["alarm-history.condition", "alarm-history.metric"],
    };
  },
});
