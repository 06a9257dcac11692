import { definePlaybook } from "../../../src/playbook.ts";
import abruptDeregistration from "../../causes/abrupt-deregistration/network.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/network.ts";
import blockedByNetwork from "../../causes/blocked-by-network/network.ts";
import configurationChange from "../../causes/configuration-change/network.ts";
import connectionSaturation from "../../causes/connection-saturation/network.ts";
import crossZoneImbalance from "../../causes/cross-zone-imbalance/network.ts";
import healthCheckFlapping from "../../causes/health-check-flapping/network.ts";
import idleTimeoutMismatch from "../../causes/idle-timeout-mismatch/network.ts";
import localPolicyBlackhole from "../../causes/local-policy-blackhole/cause.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/network.ts";
import proxyProtocolMismatch from "../../causes/proxy-protocol-mismatch/cause.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import { OF_FLOWS } from "../../evidence/of-flows.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import staleDnsClients from "../../factors/stale-dns-clients/factor.ts";
import subnetNearlyFull from "../../factors/subnet-nearly-full/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import crossZoneOn from "../../fixes/cross-zone-on/fix.ts";
import moreTargets from "../../fixes/more-targets/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import targetsWithPods from "../../fixes/targets-with-pods/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import waitBeforeStop from "../../fixes/wait-before-stop/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** What a Network Load Balancer counts of its connections and of its zones ("CloudWatch metrics for your Network Load …"). */
const CONNECTIONS =
  /^(TCP_(Client|ELB|Target)_Reset_Count|PortAllocationErrorCount|RejectedFlowCount(_TCP)?|SecurityGroupBlockedFlowCount_\w+|UnhealthyRoutingFlowCount|(Active|New)FlowCount(_TCP|_TLS|_UDP)?|ZonalHealthStatus)$/;

/** Alarms on the connections of a Network Load Balancer. It has no latency metric. */
export default definePlaybook({
  id: "network",
  judges: "connections of a Network Load Balancer",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/NetworkELB" && CONNECTIONS.test(metric) && dimensions.LoadBalancer !== undefined,
  steps: OF_FLOWS,
  causes: [
    alarmOnNothing,
    blockedByNetwork,
    proxyProtocolMismatch,
    localPolicyBlackhole,
    noHealthyTargets,
    configurationChange,
    connectionSaturation,
    restartingPods,
    abruptDeregistration,
    crossZoneImbalance,
    healthCheckFlapping,
    idleTimeoutMismatch,
    alarmTooSensitive,
  ],
  factors: [noisyEvaluation, singleReplica, noReadinessProbe, staleDnsClients, subnetNearlyFull],
  fixes: [
    undoChange,
    watchWhatIsThere,
    targetsWithPods,
    moreTargets,
    waitBeforeStop,
    crossZoneOn,
    calmerAlarm,
    steadierAlarm,
  ],
});
