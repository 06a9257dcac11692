import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import clientStorm from "../../causes/client-storm/traffic.ts";
import accessLogs from "../../evidence/access-logs/collect.ts";
import alarmHistory from "../../evidence/alarm-history/counts.ts";
import autoscaler from "../../evidence/autoscaler/collect.ts";
import cluster from "../../evidence/cluster/collect.ts";
import requestLoad from "../../evidence/request-load/collect.ts";
import service from "../../evidence/service/collect.ts";
import watched from "../../evidence/watched/collect.ts";
import workload from "../../evidence/workload/collect.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** Alarms on the requests that each target gets. The metric has no set of dimensions without a target group. */
export default definePlaybook({
  id: "traffic",
  judges: "requests per target",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    metric === "RequestCountPerTarget" &&
    dimensions.TargetGroup !== undefined &&
    comparison.startsWith("Greater"),
  steps: [alarmHistory, watched, requestLoad, cluster, service, workload, autoscaler, accessLogs],
  causes: [alarmOnNothing, clientStorm],
  factors: [noisyEvaluation, singleReplica],
  fixes: [watchWhatIsThere, steadierAlarm],
});
