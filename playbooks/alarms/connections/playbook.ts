import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/traffic.ts";
import connectionSaturation from "../../causes/connection-saturation/cause.ts";
import alarmHistory from "../../evidence/alarm-history/counts.ts";
import connectionLoad from "../../evidence/connection-load/collect.ts";
import subnets from "../../evidence/subnets/collect.ts";
import watched from "../../evidence/watched/collect.ts";
import noKeepAlive from "../../factors/no-keep-alive/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import subnetNearlyFull from "../../factors/subnet-nearly-full/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import reserveCapacity from "../../fixes/reserve-capacity/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** Alarms on connections and on the load balancer's own capacity. */
export default definePlaybook({
  id: "connections",
  judges: "connection",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    /^((Rejected|New|Active)ConnectionCount|ConsumedLCUs|PeakLCUs|CapacityUtilization)$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    comparison.startsWith("Greater"),
  steps: [alarmHistory, watched, connectionLoad, subnets],
  causes: [alarmOnNothing, connectionSaturation, alarmTooSensitive],
  factors: [noisyEvaluation, noKeepAlive, subnetNearlyFull],
  fixes: [watchWhatIsThere, reserveCapacity, calmerAlarm, steadierAlarm],
});
