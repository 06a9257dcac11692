import { definePlaybook } from "../../../src/playbook.ts";
import abruptDeregistration from "../../causes/abrupt-deregistration/cause.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import blockedByNetwork from "../../causes/blocked-by-network/cause.ts";
import configurationChange from "../../causes/configuration-change/errors.ts";
import idleTimeoutMismatch from "../../causes/idle-timeout-mismatch/cause.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/cause.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import tlsFailure from "../../causes/tls-failure/errors.ts";
import { OF_ANSWERS } from "../../evidence/of-answers.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import subnetNearlyFull from "../../factors/subnet-nearly-full/factor.ts";
import bringTargetsBack from "../../fixes/bring-targets-back/fix.ts";
import keepConnectionsLonger from "../../fixes/keep-connections-longer/fix.ts";
import openTheWay from "../../fixes/open-the-way/fix.ts";
import renewCertificate from "../../fixes/renew-certificate/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import waitBeforeStop from "../../fixes/wait-before-stop/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** Alarms on 5xx that the load balancer makes itself, and on connections that targets refuse. */
export default definePlaybook({
  id: "balancer-errors",
  judges: "load balancer 5xx",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    /^(HTTPCode_ELB_(5XX|50[0234])_Count|TargetConnectionErrorCount)$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    comparison.startsWith("Greater"),
  steps: OF_ANSWERS,
  causes: [
    alarmOnNothing,
    blockedByNetwork,
    noHealthyTargets,
    tlsFailure,
    configurationChange,
    restartingPods,
    abruptDeregistration,
    idleTimeoutMismatch,
  ],
  factors: [noisyEvaluation, singleReplica, noReadinessProbe, subnetNearlyFull],
  fixes: [
    undoChange,
    watchWhatIsThere,
    openTheWay,
    bringTargetsBack,
    waitBeforeStop,
    keepConnectionsLonger,
    renewCertificate,
    steadierAlarm,
  ],
});
