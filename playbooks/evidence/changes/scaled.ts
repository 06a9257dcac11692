import { autoscalerFact } from "../autoscaler/fact.ts";
import { rolloutsFact } from "../rollouts/fact.ts";
import { loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { changesBeside } from "./step.ts";

/** The same with the scalings of the service, where its autoscaler is read. */
export default changesBeside([
  loadBalancerFact,
  targetGroupsFact,
  suspectFact,
  rolloutsFact,
  workloadFact,
  autoscalerFact,
]);
