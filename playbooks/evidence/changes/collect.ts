import { rolloutsFact } from "../rollouts/fact.ts";
import { loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { changesBeside } from "./step.ts";

/** The changes around trouble of a service behind target groups. */
export default changesBeside([loadBalancerFact, targetGroupsFact, suspectFact, rolloutsFact, workloadFact]);
