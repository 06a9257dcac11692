import { definePlaybook } from "../../../src/playbook.ts";
import blockedByNetwork from "../../causes/blocked-by-network/cause.ts";
import healthCheckFlapping from "../../causes/health-check-flapping/cause.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/cause.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import alarmHistory from "../../evidence/alarm-history/counts.ts";
import cluster from "../../evidence/cluster/collect.ts";
import podCpu from "../../evidence/pod-cpu/collect.ts";
import readiness from "../../evidence/readiness/collect.ts";
import responses from "../../evidence/responses/collect.ts";
import restarts from "../../evidence/restarts/collect.ts";
import rollouts from "../../evidence/rollouts/collect.ts";
import service from "../../evidence/service/collect.ts";
import targetHealth from "../../evidence/target-health/collect.ts";
import targetTopology from "../../evidence/target-topology/collect.ts";
import workload from "../../evidence/workload/collect.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";

/** Alarms on how many targets are healthy, or not. */
export default definePlaybook({
  id: "host-health",
  judges: "target health",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/ApplicationELB" &&
    /^(UnHealthy|Healthy)HostCount$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    dimensions.TargetGroup !== undefined,
  steps: [
    alarmHistory,
    responses,
    cluster,
    service,
    targetTopology,
    targetHealth,
    workload,
    rollouts,
    podCpu,
    restarts,
    readiness,
  ],
  causes: [blockedByNetwork, noHealthyTargets, restartingPods, healthCheckFlapping],
  factors: [noisyEvaluation, singleReplica, noReadinessProbe],
  fixes: [steadierAlarm],
});
