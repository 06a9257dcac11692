import { defineFactor, plural } from "../../../src/playbook.ts";
import { alarmFact } from "../../evidence/alarm/fact.ts";
import { targetGroupsFact } from "../../evidence/target-groups/fact.ts";

/** The alarm's dimension is the load balancer: one service's trouble is everyone's alarm (000 A4). */
export default defineFactor({
  factor: "alarm-on-whole-load-balancer",
  action: {
    kind: "detect",
    title: "one alarm for each target group that matters; remove the old one last",
    settledBy: ["calmer-alarm", "exempt-long-poll"],
  },
  needs: { alarm: alarmFact, targetGroups: targetGroupsFact },
  find({ alarm, targetGroups }) {
    if (alarm.dimensions.TargetGroup !== undefined || targetGroups.length < 2) return null;
    return {
      statement: `the alarm watches the whole load balancer: it cannot tell which of ${plural(targetGroups.length, "target group")} is slow`,
      evidence: ["alarm-history.condition", "target-groups.layout"],
    };
  },
});
