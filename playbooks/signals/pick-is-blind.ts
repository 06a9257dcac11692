import { defineSignal, type NodeFact, no, type PodCpuFact, pearson, plain, unclear, yes } from "../../src/playbook.ts";
import { nodesFact } from "../evidence/nodes/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { serviceFact } from "../evidence/service/fact.ts";
import samePods from "./same-pods-hot.ts";

/** From this correlation on, the pods' CPU follows what a node's share divided by its pods would give each. */
export const FOLLOWS = 0.8;

/**
 * Does whoever picks a pod do so without regard to its load? Either the hot pods change from episode to episode, or
 * externalTrafficPolicy Local gives each node an equal share, however many pods stand on it (001 quiz 6): then those that
 * stand alone are hot in every episode.
 */
export default defineSignal({
  id: "pick-is-blind",
  question: "Are pods picked without regard to their load?",
  needs: { podCpu: podCpuFact },
  uses: { service: serviceFact, nodes: nodesFact },
  read({ podCpu, service, nodes }) {
    const same = samePods.read({ podCpu });
    if (same.answer === "no") return yes(same.statement, same.evidence, same.figure);
    const isLocal = service?.externalTrafficPolicy === "Local";
    const local = isLocal ? sharesOfNodes(podCpu, nodes) : null;
    if (local === null) {
      if (same.answer !== "yes") return same;
      // A Local policy would explain it: it is not excluded without the Service, nor its nodes without the nodes.
      const excluded = isLocal ? nodes !== undefined : service !== undefined;
      return excluded
        ? no(same.statement, same.evidence, same.figure)
        : unclear(same.statement, same.evidence, same.figure);
    }
    const evidence = [...same.evidence, "nodes.hosts", "target-topology.path"];
    const figure = `externalTrafficPolicy Local gives each node the same share, and the pods' CPU follows share ÷ pods on the node (r ${plain(local)})`;
    return local >= FOLLOWS ? yes(figure, evidence, local) : unclear(`${same.statement}; ${figure}`, evidence, local);
  },
});

/**
 * How closely the pods' CPU follows their nodes' equal shares; null where all nodes hold equally many pods, or the
 * nodes are not known.
 */
function sharesOfNodes(podCpu: PodCpuFact, nodes: readonly NodeFact[] = []): number | null {
  const pairs = podCpu.pods.flatMap(({ pod, inBursts }) => {
    const host = nodes.find(({ podNames }) => podNames?.includes(pod));
    return host && host.pods > 0 && inBursts !== null ? [{ share: 1 / host.pods, cpu: inBursts }] : [];
  });
  if (new Set(pairs.map(({ share }) => share)).size < 2) return null;
  return pearson(pairs.map(({ share, cpu }) => [share, cpu]));
}
