import { defineSignal, no, unknown, yes } from "../../src/playbook.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";

/**
 * Does something bind a client to a target: the target group's stickiness, or the Service's session affinity? The affinity is
 * kube-proxy's, behind nodes: pods that are targets themselves have no part in it, nor has an instance that is no node.
 */
export default defineSignal({
  id: "stickiness-on",
  question: "Does stickiness or session affinity tie clients to targets?",
  needs: { topology: topologyFact },
  uses: { service: serviceFact },
  read({ topology: { stickiness, targetType, targetsAre }, service }) {
    const evidence = ["target-topology.settings"];
    if (service?.sessionAffinity === "ClientIP")
      return yes("the Service ties a client's address to a pod (sessionAffinity ClientIP)", evidence);
    if (stickiness?.enabled) return yes(`stickiness is on (${stickiness.type ?? "cookie"})`, evidence);
    if (stickiness === null) return unknown("needs the target group's stickiness", evidence);
    if (!service && targetType === "instance" && targetsAre !== "instances")
      return unknown("stickiness is off; needs the Service, whose session affinity may tie clients to pods", evidence);
    return no("stickiness is off", evidence);
  },
});
