import { defineCause, is, sentence } from "../../../src/playbook.ts";
import { suspectFact } from "../../evidence/target-groups/fact.ts";
import noHealthy from "../../signals/no-target-healthy.ts";
import podsIdle from "../../signals/pods-idle.ts";
import restartsMatch from "../../signals/restarts-match-episodes.ts";
import dropPackets from "../../signals/rules-drop-packets.ts";
import unreachable from "../../signals/targets-unreachable.ts";
import { MADE_BY, madeBy } from "../made-by.ts";

/** A security group, network ACL or route stops the load balancer's packets (000 ALB page, 004): silence, while pods are ready. */
export default defineCause({
  cause: "blocked-by-network",
  title: "the network drops the load balancer's packets",
  claim: "A security group, network ACL or route stops the load balancer's packets to the targets.",
  specific: [unreachable],
  rejects: [is(unreachable, "no")],
  // Pods that are overloaded do not answer in time either; those that nothing reaches have nothing to do.
  needs: [
    is(noHealthy, "yes"),
    is(podsIdle, "yes", "unclear", "unknown"),
    is(restartsMatch, "no", "unclear", "unknown"),
  ],
  // The rules are read as they are now: where they let the packets through, a route, or a rule changed since, may be it.
  supports: [is(noHealthy, "yes"), is(dropPackets, "yes")],
  uses: { ...MADE_BY, suspect: suspectFact },
  words({ suspect, ...known }, readings) {
    const rules = readings.get(dropPackets.id);
    const told = rules?.answer === "yes" ? ` ${sentence(rules.statement)}.` : "";
    return {
      headline: `The load balancer's packets do not reach ${suspect?.group?.name ?? "the targets"}.`,
      summary: `${sentence(readings.get(unreachable.id)?.statement ?? "")}. A host without the process refuses connections; silence means that packets are dropped: by a security group, a network ACL, a route, or a policy in the cluster.${told}${madeBy(known, ["network", "firewall"])}`,
    };
  },
});
