import { definePlaybook } from "../../../src/playbook.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/errors.ts";
import badTarget from "../../causes/bad-target/errors.ts";
import deployRegression from "../../causes/deploy-regression/errors.ts";
import restartingPods from "../../causes/restarting-pods/errors.ts";
import targetErrors from "../../causes/target-errors/cause.ts";
import { OF_ANSWERS } from "../../evidence/of-answers.ts";
import alarmOnWholeLoadBalancer from "../../factors/alarm-on-whole-load-balancer/factor.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import rollBack from "../../fixes/roll-back/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";

/** Alarms on 5xx that targets answer with. */
export default definePlaybook({
  id: "target-errors",
  judges: "target 5xx",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    metric === "HTTPCode_Target_5XX_Count" &&
    dimensions.LoadBalancer !== undefined &&
    comparison.startsWith("Greater"),
  steps: OF_ANSWERS,
  causes: [deployRegression, restartingPods, badTarget, targetErrors, alarmTooSensitive],
  factors: [noisyEvaluation, alarmOnWholeLoadBalancer, singleReplica, noReadinessProbe],
  fixes: [rollBack, calmerAlarm, steadierAlarm],
});
