import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/gateway.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/classic.ts";
import alarmChanges from "../../evidence/alarm-changes/collect.ts";
import alarmHistory from "../../evidence/alarm-history/counts.ts";
import changes from "../../evidence/changes/gateway.ts";
import flows from "../../evidence/flows/collect.ts";
import targetHealth from "../../evidence/target-health/collect.ts";
import watched from "../../evidence/watched/collect.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/**
 * Alarms on a Gateway Load Balancer's flows. What its appliances do with them it cannot see, and counts no resets: whether
 * an appliance is healthy is all that can be told.
 */
export default definePlaybook({
  id: "gateway",
  judges: "flows of a Gateway Load Balancer",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/GatewayELB" &&
    /^((Active|New)FlowCount|ProcessedBytes)$/.test(metric) &&
    dimensions.LoadBalancer !== undefined,
  steps: [alarmHistory, watched, flows, targetHealth, alarmChanges, changes],
  causes: [alarmOnNothing, noHealthyTargets, alarmTooSensitive],
  factors: [noisyEvaluation],
  fixes: [undoChange, watchWhatIsThere, calmerAlarm, steadierAlarm],
});
