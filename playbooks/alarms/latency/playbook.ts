import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/cause.ts";
import badTarget from "../../causes/bad-target/cause.ts";
import canaryWeight from "../../causes/canary-weight/cause.ts";
import clientStorm from "../../causes/client-storm/cause.ts";
import coldStart from "../../causes/cold-start/cause.ts";
import configurationChange from "../../causes/configuration-change/cause.ts";
import connectionPinning from "../../causes/connection-pinning/cause.ts";
import cpuThrottling from "../../causes/cpu-throttling/cause.ts";
import crossZoneImbalance from "../../causes/cross-zone-imbalance/cause.ts";
import deployRegression from "../../causes/deploy-regression/cause.ts";
import expensiveEndpoint from "../../causes/expensive-endpoint/cause.ts";
import healthCheckCascade from "../../causes/health-check-cascade/cause.ts";
import insufficientCapacity from "../../causes/insufficient-capacity/cause.ts";
import longPollHeldOpen from "../../causes/long-poll-held-open/cause.ts";
import lowTrafficArtifact from "../../causes/low-traffic-artifact/cause.ts";
import restartingPods from "../../causes/restarting-pods/cause.ts";
import sharedLoadBalancer from "../../causes/shared-load-balancer/cause.ts";
import slowDependency from "../../causes/slow-dependency/cause.ts";
import stickySessionSkew from "../../causes/sticky-session-skew/cause.ts";
import unevenPodLoad from "../../causes/uneven-pod-load/cause.ts";
import workerConcurrencyCeiling from "../../causes/worker-concurrency-ceiling/cause.ts";
import accessLogs from "../../evidence/access-logs/collect.ts";
import alarmChanges from "../../evidence/alarm-changes/collect.ts";
import alarmHistory from "../../evidence/alarm-history/collect.ts";
import autoscaler from "../../evidence/autoscaler/collect.ts";
import changes from "../../evidence/changes/scaled.ts";
import cluster from "../../evidence/cluster/collect.ts";
import connections from "../../evidence/connections/collect.ts";
import fastestRequests from "../../evidence/fastest-requests/collect.ts";
import givenUp from "../../evidence/given-up/collect.ts";
import ingressController from "../../evidence/ingress-controller/collect.ts";
import nodes from "../../evidence/nodes/collect.ts";
import podCpu from "../../evidence/pod-cpu/collect.ts";
import readiness from "../../evidence/readiness/collect.ts";
import restarts from "../../evidence/restarts/collect.ts";
import rollouts from "../../evidence/rollouts/collect.ts";
import service from "../../evidence/service/collect.ts";
import targetGroups from "../../evidence/target-groups/collect.ts";
import targetHealth from "../../evidence/target-health/collect.ts";
import targetTopology from "../../evidence/target-topology/collect.ts";
import watched from "../../evidence/watched/collect.ts";
import workerQuota from "../../evidence/worker-quota/collect.ts";
import workload from "../../evidence/workload/collect.ts";
import zones from "../../evidence/zones/collect.ts";
import alarmOnAverage from "../../factors/alarm-on-average/factor.ts";
import alarmOnWholeLoadBalancer from "../../factors/alarm-on-whole-load-balancer/factor.ts";
import autoscalerNeverTriggers from "../../factors/autoscaler-never-triggers/factor.ts";
import containerPortMismatch from "../../factors/container-port-mismatch/factor.ts";
import deployNoise from "../../factors/deploy-noise/factor.ts";
import instanceTargetMode from "../../factors/instance-target-mode/factor.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import orphanedAutoscaler from "../../factors/orphaned-autoscaler/factor.ts";
import podsCrowdedOnNodes from "../../factors/pods-crowded-on-nodes/factor.ts";
import quotaTooSmallForWorkers from "../../factors/quota-too-small-for-workers/factor.ts";
import quotaUnusable from "../../factors/quota-unusable/factor.ts";
import retryStorm from "../../factors/retry-storm/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import slidingWindow from "../../factors/sliding-window/factor.ts";
import slowScaleOut from "../../factors/slow-scale-out/factor.ts";
import slowUploads from "../../factors/slow-uploads/factor.ts";
import unevenNodeSizes from "../../factors/uneven-node-sizes/factor.ts";
import autoscalerThatActs from "../../fixes/autoscaler-that-acts/fix.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import checkThatFits from "../../fixes/check-that-fits/fix.ts";
import crossZoneOn from "../../fixes/cross-zone-on/fix.ts";
import exemptLongPoll from "../../fixes/exempt-long-poll/fix.ts";
import ipTargetsAndLeastOutstanding from "../../fixes/ip-targets-and-least-outstanding/fix.ts";
import limitTheClient from "../../fixes/limit-the-client/fix.ts";
import lookBehindTheService from "../../fixes/look-behind-the-service/fix.ts";
import lookInFrontOfTheServices from "../../fixes/look-in-front-of-the-services/fix.ts";
import moreNodes from "../../fixes/more-nodes/fix.ts";
import moreReplicas from "../../fixes/more-replicas/fix.ts";
import moreWorkers from "../../fixes/more-workers/fix.ts";
import pathOfItsOwn from "../../fixes/path-of-its-own/fix.ts";
import raiseQuota from "../../fixes/raise-quota/fix.ts";
import rollBack from "../../fixes/roll-back/fix.ts";
import spreadPods from "../../fixes/spread-pods/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import stickinessOff from "../../fixes/stickiness-off/fix.ts";
import stopTheRestarts from "../../fixes/stop-the-restarts/fix.ts";
import takeTargetOut from "../../fixes/take-target-out/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import warmUpNewPods from "../../fixes/warm-up-new-pods/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";
import weightToZero from "../../fixes/weight-to-zero/fix.ts";
import { behindController } from "./behind-controller.ts";

/** Alarms on an Application Load Balancer's TargetResponseTime. */
export default definePlaybook({
  id: "latency",
  judges: "latency",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    metric === "TargetResponseTime" &&
    dimensions.LoadBalancer !== undefined &&
    // One that fires when the latency falls below a band is not about being slow.
    comparison !== "LessThanLowerThreshold",
  steps: [
    alarmHistory,
    watched,
    targetGroups,
    fastestRequests,
    cluster,
    service,
    targetTopology,
    workload,
    ingressController,
    rollouts,
    podCpu,
    workerQuota,
    autoscaler,
    nodes,
    zones,
    connections,
    restarts,
    givenUp,
    readiness,
    targetHealth,
    alarmChanges,
    changes,
    accessLogs,
  ],
  onward: behindController,
  // A rollout that made it slow comes before the mechanism by which it did: undoing it is what ends the alarm.
  causes: [
    alarmOnNothing,
    deployRegression,
    configurationChange,
    canaryWeight,
    restartingPods,
    coldStart,
    healthCheckCascade,
    crossZoneImbalance,
    stickySessionSkew,
    connectionPinning,
    badTarget,
    clientStorm,
    workerConcurrencyCeiling,
    unevenPodLoad,
    cpuThrottling,
    insufficientCapacity,
    slowDependency,
    expensiveEndpoint,
    lowTrafficArtifact,
    longPollHeldOpen,
    sharedLoadBalancer,
    alarmTooSensitive,
  ],
  factors: [
    autoscalerNeverTriggers,
    quotaUnusable,
    quotaTooSmallForWorkers,
    instanceTargetMode,
    noReadinessProbe,
    podsCrowdedOnNodes,
    alarmOnWholeLoadBalancer,
    alarmOnAverage,
    noisyEvaluation,
    containerPortMismatch,
    orphanedAutoscaler,
    retryStorm,
    slidingWindow,
    deployNoise,
    slowScaleOut,
    slowUploads,
    singleReplica,
    unevenNodeSizes,
  ],
  fixes: [
    checkThatFits,
    watchWhatIsThere,
    rollBack,
    undoChange,
    weightToZero,
    stopTheRestarts,
    takeTargetOut,
    limitTheClient,
    pathOfItsOwn,
    warmUpNewPods,
    crossZoneOn,
    stickinessOff,
    moreWorkers,
    ipTargetsAndLeastOutstanding,
    raiseQuota,
    moreNodes,
    moreReplicas,
    autoscalerThatActs,
    spreadPods,
    exemptLongPoll,
    calmerAlarm,
    lookBehindTheService,
    lookInFrontOfTheServices,
    // Last: whatever is wrong with the service comes before how the alarm tells of it.
    steadierAlarm,
  ],
});
