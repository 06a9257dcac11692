import { defineSignal, no, plural, unclear, unknown, yes } from "../../src/playbook.ts";
import { nodesOfTargetsFact } from "../evidence/node-endpoints/fact.ts";
import { serviceFact } from "../evidence/service/fact.ts";

/** At least this share of the failing targets hold no pod; the others fail for reasons of their own. */
export const MOST = 0.8;

/**
 * Do exactly the nodes fail that hold no pod of a Service with externalTrafficPolicy Local (001 quiz 6)? kube-proxy there
 * hands a connection on to no other node, and drops it (Kubernetes, "Source IP for Services with Type=LoadBalancer").
 */
export default defineSignal({
  id: "nodes-without-pod-fail",
  question: "Do the nodes without a pod fail, and only they?",
  needs: { nodes: nodesOfTargetsFact, service: serviceFact },
  uses: {},
  read({ nodes, service: { externalTrafficPolicy, healthCheckNodePort } }) {
    const evidence = ["node-endpoints.nodes"];
    if (externalTrafficPolicy === null) return unknown("needs the Service's externalTrafficPolicy", evidence);
    if (externalTrafficPolicy !== "Local")
      return no(`externalTrafficPolicy is ${externalTrafficPolicy}: each node forwards to pods on all nodes`, evidence);
    const empty = nodes.filter(({ pods }) => pods === 0);
    const failing = nodes.filter(({ state }) => state === "unhealthy");
    if (empty.length === 0) return no("each target has a ready pod", evidence, 0);
    const share = failing.filter(({ pods }) => pods === 0).length / Math.max(1, failing.length);
    const port = healthCheckNodePort ? `; port ${healthCheckNodePort} of each node says so` : "";
    const figure = `externalTrafficPolicy is Local and ${empty.length} of ${plural(nodes.length, "target")} have no ready pod; ${failing.length} fail their check now, ${failing.filter(({ pods }) => pods === 0).length} of them without a pod${port}`;
    // What fails now is known of now alone: an episode that is over may have had other nodes.
    if (failing.length === 0) return unclear(figure, evidence, share);
    return share >= MOST ? yes(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
