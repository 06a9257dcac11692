import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { loadBalancerFact, suspectFact } from "../../evidence/target-groups/fact.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** No instance or appliance is in service (000 ALB page, 001 lab); why is not told by a load balancer of this kind. */
export default defineCause({
  cause: "no-healthy-targets",
  table: "classic",
  title: "no target is healthy",
  claim: "No instance or appliance is in service: nothing can take the traffic.",
  specific: [noHealthy],
  rejects: [is(noHealthy, "no")],
  needs: [],
  supports: [],
  uses: { ...MADE_BY, suspect: suspectFact, loadBalancer: loadBalancerFact },
  words({ suspect, loadBalancer, ...known }, readings) {
    const name = suspect?.group?.name ?? loadBalancer?.name ?? "the load balancer";
    return {
      headline: `${name} has no healthy target.`,
      summary: `${sentence(readings.get(noHealthy.id)?.statement ?? "")}. The next step is to find out why they fail their checks, or why they are missing: each one's reason code and the instances' own logs show it.${madeBy(known, ["health check", "network", "attribute", "routing", "targets"])}`,
    };
  },
});
