import { definePlaybook } from "../src/playbook.ts";
import alarmOnAverage from "./factors/alarm-on-average.ts";
import alarmOnWholeLoadBalancer from "./factors/alarm-on-whole-load-balancer.ts";
import autoscalerNeverTriggers from "./factors/autoscaler-never-triggers.ts";
import containerPortMismatch from "./factors/container-port-mismatch.ts";
import instanceTargetMode from "./factors/instance-target-mode.ts";
import noReadinessProbe from "./factors/no-readiness-probe.ts";
import noisyEvaluation from "./factors/noisy-evaluation.ts";
import orphanedAutoscaler from "./factors/orphaned-autoscaler.ts";
import podsCrowdedOnNodes from "./factors/pods-crowded-on-nodes.ts";
import quotaTooSmallForWorkers from "./factors/quota-too-small-for-workers.ts";
import quotaUnusable from "./factors/quota-unusable.ts";
import autoscalerThatActs from "./fixes/autoscaler-that-acts.ts";
import calmerAlarm from "./fixes/calmer-alarm.ts";
import exemptLongPoll from "./fixes/exempt-long-poll.ts";
import ipTargetsAndLeastOutstanding from "./fixes/ip-targets-and-least-outstanding.ts";
import lookBehindTheService from "./fixes/look-behind-the-service.ts";
import lookInFrontOfTheServices from "./fixes/look-in-front-of-the-services.ts";
import moreNodes from "./fixes/more-nodes.ts";
import moreReplicas from "./fixes/more-replicas.ts";
import moreWorkers from "./fixes/more-workers.ts";
import raiseQuota from "./fixes/raise-quota.ts";
import rollBack from "./fixes/roll-back.ts";
import spreadPods from "./fixes/spread-pods.ts";
import steadierAlarm from "./fixes/steadier-alarm.ts";
import alarmTooSensitive from "./hypotheses/alarm-too-sensitive.ts";
import cpuThrottling from "./hypotheses/cpu-throttling.ts";
import deployRegression from "./hypotheses/deploy-regression.ts";
import insufficientCapacity from "./hypotheses/insufficient-capacity.ts";
import longPollHeldOpen from "./hypotheses/long-poll-held-open.ts";
import lowTrafficArtifact from "./hypotheses/low-traffic-artifact.ts";
import sharedLoadBalancer from "./hypotheses/shared-load-balancer.ts";
import slowDependency from "./hypotheses/slow-dependency.ts";
import unevenPodLoad from "./hypotheses/uneven-pod-load.ts";
import workerConcurrencyCeiling from "./hypotheses/worker-concurrency-ceiling.ts";
import alarmHistory from "./steps/alarm-history.ts";
import autoscaler from "./steps/autoscaler.ts";
import nodes from "./steps/nodes.ts";
import podCpu from "./steps/pod-cpu.ts";
import rollouts from "./steps/rollouts.ts";
import service from "./steps/service.ts";
import targetGroups from "./steps/target-groups.ts";
import targetTopology from "./steps/target-topology.ts";
import workerQuota from "./steps/worker-quota.ts";
import workload from "./steps/workload.ts";

/** Alarms on an Application Load Balancer's TargetResponseTime. */
export default definePlaybook({
  id: "latency",
  steps: [
    alarmHistory,
    targetGroups,
    service,
    targetTopology,
    workload,
    rollouts,
    podCpu,
    workerQuota,
    autoscaler,
    nodes,
  ],
  // A rollout that made it slow comes before the mechanism by which it did: undoing it is what ends the alarm.
  hypotheses: [
    deployRegression,
    workerConcurrencyCeiling,
    unevenPodLoad,
    cpuThrottling,
    insufficientCapacity,
    slowDependency,
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
  ],
  fixes: [
    rollBack,
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
