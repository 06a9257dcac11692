import { definePlaybook } from "../../../src/playbook.ts";
import abruptDeregistration from "../../causes/abrupt-deregistration/cause.ts";
import blockedByNetwork from "../../causes/blocked-by-network/cause.ts";
import configurationChange from "../../causes/configuration-change/errors.ts";
import idleTimeoutMismatch from "../../causes/idle-timeout-mismatch/cause.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/cause.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import { OF_ANSWERS } from "../../evidence/of-answers.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import keepConnectionsLonger from "../../fixes/keep-connections-longer/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import waitBeforeStop from "../../fixes/wait-before-stop/fix.ts";

/** Alarms on 5xx that the load balancer makes itself. */
export default definePlaybook({
  id: "balancer-errors",
  judges: "load balancer 5xx",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    /^HTTPCode_ELB_5(XX|0[0234])_Count$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    comparison.startsWith("Greater"),
  steps: OF_ANSWERS,
  causes: [
    blockedByNetwork,
    noHealthyTargets,
    configurationChange,
    restartingPods,
    abruptDeregistration,
    idleTimeoutMismatch,
  ],
  factors: [noisyEvaluation, singleReplica, noReadinessProbe],
  fixes: [waitBeforeStop, keepConnectionsLonger, steadierAlarm],
});
