import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import outOfConnections from "../../signals/balancer-out-of-connections.ts";
import whileReady from "../../signals/checks-fail-while-ready.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import { MADE_BY, madeBy } from "../made-by.ts";
import { REACHING_PODS } from "../of-connections.ts";

/** No target passes its check: a Network Load Balancer then sends to all of them (fail open), and they fail. */
export default defineCause({
  cause: "no-healthy-targets",
  table: "network",
  title: "no target is healthy",
  claim: "No target passes its check; the load balancer sends connections to all of them anyway (it fails open).",
  specific: [noHealthy],
  rejects: [is(noHealthy, "no")],
  // Where the pods are ready and idle, or may be, the check or the network fails, and which of them is not known.
  needs: [...REACHING_PODS.filter(({ signal }) => signal !== outOfConnections), is(whileReady, "no", "unclear")],
  supports: [],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    return {
      headline: `${suspect?.group?.name ?? "the target group"} has no healthy target.`,
      summary: `${sentence(readings.get(noHealthy.id)?.statement ?? "")}. The next step is to find out why they fail their checks, or why they are missing: the targets' reason codes and the pods show it.${madeBy(known, ["health check", "network", "attribute", "routing"])}`,
    };
  },
});
