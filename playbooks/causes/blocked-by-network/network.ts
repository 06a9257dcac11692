import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { loadBalancerFact } from "../../evidence/target-groups/fact.ts";
import networkBlocks from "../../signals/network-blocks.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** The security groups of a Network Load Balancer turn connections away (000 ALB page, 004): it counts them itself; or a changed rule drops what it sends. */
export default defineCause({
  cause: "blocked-by-network",
  table: "network",
  title: "security groups block connections",
  claim: "The load balancer's security groups block its clients, or what it sends to its targets.",
  specific: [networkBlocks],
  rejects: [is(networkBlocks, "no")],
  needs: [is(restartsMatch, "no", "unclear", "unknown")],
  supports: [],
  uses: { ...MADE_BY, loadBalancer: loadBalancerFact },
  words({ loadBalancer, ...known }, readings) {
    const { statement: said = "", evidence = [] } = readings.get(networkBlocks.id) ?? {};
    // Where the change itself shows it, it is named already.
    const changed = evidence.includes("changes.timeline");
    return {
      headline: changed
        ? `A changed rule blocks what ${loadBalancer?.name ?? "the load balancer"} sends to its targets.`
        : `The security groups of ${loadBalancer?.name ?? "the load balancer"} block connections.`,
      summary: `${sentence(said)}. Compare their rules with the clients' addresses, the listeners' ports, and the targets' ports and health check.${changed ? "" : madeBy(known, ["network"])}`,
    };
  },
});
