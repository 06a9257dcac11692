import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import blockedByNetwork from "../../causes/blocked-by-network/cause.ts";
import configurationChange from "../../causes/configuration-change/errors.ts";
import healthCheckCascade from "../../causes/health-check-cascade/errors.ts";
import healthCheckFlapping from "../../causes/health-check-flapping/cause.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/cause.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import { OF_ANSWERS } from "../../evidence/of-answers.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import subnetNearlyFull from "../../factors/subnet-nearly-full/factor.ts";
import bringTargetsBack from "../../fixes/bring-targets-back/fix.ts";
import checkThatFits from "../../fixes/check-that-fits/fix.ts";
import openTheWay from "../../fixes/open-the-way/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** Alarms on how many targets are healthy, or not. */
export default definePlaybook({
  id: "host-health",
  judges: "target health",
  takes: ({ namespace, metric, dimensions }) =>
    namespace === "AWS/ApplicationELB" &&
    /^((UnHealthy|Healthy)HostCount|(Healthy|Unhealthy)State(DNS|Routing))$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    dimensions.TargetGroup !== undefined,
  steps: OF_ANSWERS,
  causes: [
    alarmOnNothing,
    blockedByNetwork,
    noHealthyTargets,
    configurationChange,
    restartingPods,
    healthCheckCascade,
    healthCheckFlapping,
  ],
  factors: [noisyEvaluation, singleReplica, noReadinessProbe, subnetNearlyFull],
  fixes: [undoChange, watchWhatIsThere, openTheWay, bringTargetsBack, checkThatFits, steadierAlarm],
});
