import { defineSignal, no, unknown, yes } from "../../src/playbook.ts";
import { loadBalancerFact } from "../evidence/target-groups/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";

/**
 * Does each zone keep its requests to its own targets? The target group's setting decides, and where it follows the load
 * balancer, that one's (Elastic Load Balancing User Guide, cross-zone load balancing).
 */
export default defineSignal({
  id: "cross-zone-off",
  question: "Does each zone keep its requests to its own targets?",
  needs: { topology: topologyFact },
  uses: { loadBalancer: loadBalancerFact },
  read({ topology: { crossZone }, loadBalancer }) {
    const evidence = ["target-topology.settings"];
    const own = crossZone === null || crossZone === "use_load_balancer_configuration" ? null : crossZone === "true";
    const on = own ?? loadBalancer?.crossZone ?? null;
    if (on === null) return unknown("needs the cross-zone setting", evidence);
    return on ? no("cross-zone load balancing is on", evidence) : yes("cross-zone load balancing is off", evidence);
  },
});
