import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import groupBlocks from "../../signals/security-group-blocks.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** The security groups of a Network Load Balancer turn connections away (000 ALB page, 004): it counts them itself. */
export default defineCause({
  cause: "blocked-by-network",
  table: "network",
  title: "security groups block connections",
  claim: "The load balancer's security groups block its clients, or what it sends to its targets.",
  specific: [groupBlocks],
  rejects: [is(groupBlocks, "no")],
  needs: [is(restartsMatch, "no", "unclear", "unknown")],
  supports: [],
  uses: { ...MADE_BY, loadBalancer: loadBalancerFact },
  words({ loadBalancer, ...known }, readings) {
    return {
      headline: `The security groups of ${loadBalancer?.name ?? "the load balancer"} block connections.`,
      summary: `${sentence(readings.get(groupBlocks.id)?.statement ?? "")}. Compare their rules with the clients' addresses, the listeners' ports, and the targets' ports and health check.${madeBy(known, ["network"])}`,
    };
  },
});
