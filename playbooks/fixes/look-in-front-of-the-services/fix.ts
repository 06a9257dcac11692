import { defineFix, shellQuoted } from "../../../src/playbook.ts";

/**
 * Where all target groups rise together, no single service is at fault (000 B4): what they share has to be looked at, and
 * only its owners can change it.
 */
export default defineFix({
  id: "look-in-front-of-the-services",
  for: ["shared-load-balancer"],
  propose({ loadBalancer, blame }, verdict) {
    if (verdict.rootCause !== "shared-load-balancer" || !loadBalancer) return null;
    return {
      id: "look-in-front-of-the-services",
      for: ["shared-load-balancer"],
      title: `what all target groups of ${loadBalancer.name} share`,
      why: "All of them became slow in the same minutes: the load balancer, the network between it and the nodes, or something that every service calls.",
      risk: "None: nothing is changed.",
      changes: [],
      preconditions: [
        "AWS Health Dashboard for the region and the zones, in the minutes of the episodes",
        `by zone: TargetResponseTime and RequestCount of ${loadBalancer.name} for each AvailabilityZone; one slow zone can be shifted away: aws arc-zonal-shift start-zonal-shift --resource-identifier ${shellQuoted(loadBalancer.arn)} --away-from ZONE --expires-in 1h --comment 'slow zone'`,
        "a surge of traffic: PeakLCUs and ConsumedLCUs; capacity can be reserved (aws elbv2 modify-capacity-reservation)",
        "what all services call: DNS, a shared database, an authentication service",
      ],
      verify: ["all target groups are back at their quiet level (lbdoctor verify)"],
      rollback: [],
      notOffered: [
        {
          id: "change-one-service",
          title: "changing one of the services",
          because: `${blame?.alsoRose.length ?? "all"} target groups rose together: no change of one of them ends it`,
          evidence: ["target-groups.shares"],
        },
      ],
    };
  },
});
