import { definePlaybook } from "../../../src/playbook.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/classic.ts";
import connectionSaturation from "../../causes/connection-saturation/classic.ts";
import healthCheckFlapping from "../../causes/health-check-flapping/classic.ts";
import idleTimeoutMismatch from "../../causes/idle-timeout-mismatch/classic.ts";
import noHealthyTargets from "../../causes/no-healthy-targets/classic.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import targetErrors from "../../causes/target-errors/classic.ts";
import { OF_CLASSIC } from "../../evidence/of-classic.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import drainTheQueue from "../../fixes/drain-the-queue/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";

/** Alarms on a Classic Load Balancer's answers, queue and latency. */
export default definePlaybook({
  id: "classic",
  judges: "answers of a Classic Load Balancer",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ELB" &&
    /^(Latency|SurgeQueueLength|SpilloverCount|BackendConnectionErrors|HTTPCode_(Backend|ELB)_[45]XX)$/.test(metric) &&
    dimensions.LoadBalancerName !== undefined &&
    comparison.startsWith("Greater"),
  steps: OF_CLASSIC,
  causes: [
    noHealthyTargets,
    restartingPods,
    connectionSaturation,
    targetErrors,
    healthCheckFlapping,
    idleTimeoutMismatch,
    alarmTooSensitive,
  ],
  factors: [noisyEvaluation, singleReplica, noReadinessProbe],
  fixes: [drainTheQueue, calmerAlarm, steadierAlarm],
});
