import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import alarmTooSensitive from "../../causes/alarm-too-sensitive/errors.ts";
import badTarget from "../../causes/bad-target/errors.ts";
import canaryWeight from "../../causes/canary-weight/errors.ts";
import configurationChange from "../../causes/configuration-change/errors.ts";
import deployRegression from "../../causes/deploy-regression/errors.ts";
import misroutedRequests from "../../causes/misrouted-requests/cause.ts";
import restartingPods from "../../causes/restarting-pods/answers.ts";
import targetErrors from "../../causes/target-errors/cause.ts";
import ingressController from "../../evidence/ingress-controller/collect.ts";
import { OF_ANSWERS } from "../../evidence/of-answers.ts";
import alarmOnWholeLoadBalancer from "../../factors/alarm-on-whole-load-balancer/factor.ts";
import noReadinessProbe from "../../factors/no-readiness-probe/factor.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import singleReplica from "../../factors/single-replica/factor.ts";
import calmerAlarm from "../../fixes/calmer-alarm/fix.ts";
import rollBack from "../../fixes/roll-back/fix.ts";
import ruleToItsService from "../../fixes/rule-to-its-service/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import takeTargetOut from "../../fixes/take-target-out/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";
import weightToZero from "../../fixes/weight-to-zero/fix.ts";
import { behindController } from "./behind-controller.ts";

/** Alarms on 5xx and 4xx that targets answer with. */
export default definePlaybook({
  id: "target-errors",
  judges: "target 5xx and 4xx",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    namespace === "AWS/ApplicationELB" &&
    /^HTTPCode_Target_[45]XX_Count$/.test(metric) &&
    dimensions.LoadBalancer !== undefined &&
    comparison.startsWith("Greater"),
  // An ingress controller among the targets passes errors on; what the load balancer itself answers is none of its doing.
  steps: [...OF_ANSWERS, ingressController],
  onward: behindController,
  causes: [
    alarmOnNothing,
    deployRegression,
    configurationChange,
    restartingPods,
    canaryWeight,
    misroutedRequests,
    badTarget,
    targetErrors,
    alarmTooSensitive,
  ],
  factors: [noisyEvaluation, alarmOnWholeLoadBalancer, singleReplica, noReadinessProbe],
  fixes: [
    undoChange,
    watchWhatIsThere,
    weightToZero,
    takeTargetOut,
    rollBack,
    ruleToItsService,
    calmerAlarm,
    steadierAlarm,
  ],
});
