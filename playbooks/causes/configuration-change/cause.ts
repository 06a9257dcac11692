import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import madeStricter from "../../signals/alarm-made-stricter.ts";
import slowerSince from "../../signals/slower-since-rollout.ts";

/**
 * A change of the alarm made the trouble (003, 004), as far as its own history shows it: before the first episode, on what
 * alarms, with the metric as it was before, and undoing it ends the episodes. Changes of the load balancer, its rules and
 * its security groups are CloudTrail's, which is not read.
 */
export default defineCause({
  cause: "configuration-change",
  title: "the alarm was made stricter",
  claim: "A change of the alarm's settings made it go off at what the metric was before as well.",
  specific: [madeStricter],
  rejects: [is(madeStricter, "no")],
  needs: [is(slowerSince, "no", "unclear", "unknown")],
  supports: [],
  uses: { alarm: alarmFact },
  words({ alarm }, readings) {
    const figure = readings.get(madeStricter.id)?.statement ?? "";
    return {
      headline: `${alarm?.name ?? "the alarm"} was made stricter; the metric is what it was before.`,
      summary: `${sentence(figure)}. The service did not change with it: undoing the change ends the episodes. Whether the service should be better than that is another question.`,
    };
  },
});
