import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/errors.ts";
import { OF_ANSWERS } from "../../evidence/of-answers.ts";
import blockedByWaf from "../../factors/blocked-by-waf/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/**
 * Alarms on what the load balancer itself answers clients with 4xx, and on logins that fail. Of the 4xx AWS publishes the sum
 * alone: which are 460 (the client left), 463 or 464 only the access log says, and so no cause of them is named by metrics.
 */
export default definePlaybook({
  id: "client-errors",
  judges: "load balancer 4xx and login",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    /^(HTTPCode_ELB_4XX_Count|ELBAuth(Error|Failure))$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    comparison.startsWith("Greater"),
  steps: OF_ANSWERS,
  causes: [alarmOnNothing, alarmTooSensitive],
  factors: [noisyEvaluation, blockedByWaf],
  fixes: [watchWhatIsThere, calmerAlarm, steadierAlarm],
});
