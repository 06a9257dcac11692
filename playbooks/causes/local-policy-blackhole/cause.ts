import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { serviceFact } from "../../evidence/service/fact.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import withoutPod from "../../signals/nodes-without-pod-fail.ts";
import differs from "../../signals/proxy-protocol-differs.ts";
import { LET_THROUGH } from "../of-connections.ts";

/** externalTrafficPolicy Local and nodes without a pod of the Service (001 quiz 6): what reaches those is dropped. */
export default defineCause({
  cause: "local-policy-blackhole",
  title: "nodes without a pod are targets",
  claim: "With externalTrafficPolicy Local a node without a pod serves nothing, and yet it is registered as a target.",
  specific: [withoutPod],
  rejects: [is(withoutPod, "no")],
  needs: [...LET_THROUGH, is(differs, "no", "unclear", "unknown"), is(noHealthy, "no", "unclear", "unknown")],
  supports: [],
  uses: { service: serviceFact },
  words({ service }, readings) {
    const name = service ? `${service.namespace}/${service.name}` : "the Service";
    return {
      headline: `Nodes without a pod of ${name} are targets, but with externalTrafficPolicy Local they serve nothing.`,
      summary: `${sentence(readings.get(withoutPod.id)?.statement ?? "")}. If their health check looks for pods on the node, no connections are sent there and only the count of unhealthy targets shows it; if it does not, connections are lost.`,
    };
  },
});
