import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { serviceFact } from "../../evidence/service/fact.ts";
import emptyLose from "../../signals/empty-nodes-lose-connections.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";

/** The same behind a Classic Load Balancer, whose instances are nodes: out of service, or in service and losing connections. */
export default defineCause({
  cause: "local-policy-blackhole",
  table: "classic",
  title: "nodes without a pod are instances of the load balancer",
  claim:
    "With externalTrafficPolicy Local a node without a pod serves nothing, and yet it is registered as an instance.",
  specific: [emptyLose],
  rejects: [is(emptyLose, "no")],
  needs: [is(restartsMatch, "no", "unclear", "unknown"), is(noHealthy, "no", "unclear", "unknown")],
  supports: [],
  uses: { service: serviceFact },
  words({ service }, readings) {
    const name = service ? `${service.namespace}/${service.name}` : "the Service";
    return {
      headline: `Nodes without a pod of ${name} are instances, but with externalTrafficPolicy Local they serve nothing.`,
      summary: `${sentence(readings.get(emptyLose.id)?.statement ?? "")}. If the health check looks for pods on the node, no connections are sent there and only the count of instances shows it; if it does not, connections are lost.`,
    };
  },
});
