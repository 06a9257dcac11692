import { defineSignal, no, unknown, yes } from "../../src/playbook.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import { topologyFact } from "../evidence/target-topology/fact.ts";

/** Does somebody behind the load balancer pick the pod, once for each connection (kube-proxy behind a NodePort)? */
export default defineSignal({
  id: "picked-behind-nodes",
  question: "Is the pod picked after the load balancer, once for each connection?",
  needs: { topology: topologyFact },
  uses: { service: serviceFact },
  read({ topology: { targetType }, service }) {
    const evidence = ["target-topology.path"];
    if (targetType === "instance") {
      if (!service) return unknown("needs the Service behind the nodes", evidence);
      return yes("kube-proxy picks a pod once for each connection from the load balancer", evidence);
    }
    return no("the load balancer picks the pod itself, for each request", evidence);
  },
});
