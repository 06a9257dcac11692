import { loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { changesBeside } from "./step.ts";

/** The same behind a Gateway Load Balancer, whose appliances no cluster rolls out. */
export default changesBeside([loadBalancerFact, targetGroupsFact, suspectFact]);
