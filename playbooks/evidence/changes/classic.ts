import { rolloutsFact } from "../rollouts/fact.ts";
import { loadBalancerFact, suspectFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { changesBeside } from "./step.ts";

/** The same behind a Classic Load Balancer, which has no target groups. */
export default changesBeside([loadBalancerFact, suspectFact, rolloutsFact, workloadFact]);
