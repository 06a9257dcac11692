import { defineSignal, no, unknown, yes } from "../../src/playbook.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";

/** Does something bind a client to a target: the target group's stickiness, or the Service's session affinity? */
export default defineSignal({
  id: "stickiness-on",
  question: "Does stickiness or session affinity tie clients to targets?",
  needs: { topology: topologyFact },
  uses: { service: serviceFact },
  read({ topology: { stickiness }, service }) {
    const evidence = ["target-topology.settings"];
    if (service?.sessionAffinity === "ClientIP")
      return yes("the Service ties a client's address to a pod (sessionAffinity ClientIP)", evidence);
    if (stickiness?.enabled) return yes(`stickiness is on (${stickiness.type ?? "cookie"})`, evidence);
    if (stickiness === null) return unknown("needs the target group's stickiness", evidence);
    return no("stickiness is off", evidence);
  },
});
