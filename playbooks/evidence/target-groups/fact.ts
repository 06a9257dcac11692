import { sharedFact } from "../../../src/playbook.ts";

export const loadBalancerFact = sharedFact("loadBalancer", "the load balancer");
export const targetGroupsFact = sharedFact("targetGroups", "the target groups");
export const suspectFact = sharedFact("suspect", "the target group in question");
export const blameFact = sharedFact("blame", "the target groups' latency");
export const guiltyMetricFact = sharedFact("guiltyMetric", "the guilty target group's latency");
