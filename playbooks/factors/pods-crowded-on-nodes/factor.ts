import { defineFactor, plural } from "../../../src/playbook.ts";
import { nodesFact } from "../../evidence/nodes/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** Replicas share few nodes or one zone, so that one loss takes several (000 H9). */
export default defineFactor({
  factor: "pods-crowded-on-nodes",
  action: {
    kind: "mitigate",
    title: "spread the pods across nodes with a soft topology constraint",
    settledBy: ["spread-pods"],
  },
  needs: { nodes: nodesFact, workload: workloadFact },
  find({ nodes, workload }) {
    const hosts = nodes.filter(({ pods }) => pods > 0);
    const placed = hosts.reduce((all, { pods }) => all + pods, 0);
    const zones = new Set(hosts.flatMap(({ zone }) => zone ?? [])).size;
    const available = new Set(nodes.flatMap(({ zone }) => zone ?? [])).size;
    if (placed < 2 || nodes.length < 2) return null;
    const oneZone = zones === 1 && available > 1;
    // A soft spread over n nodes would put no more than this many on one.
    const even = Math.ceil(placed / Math.min(nodes.length, placed));
    const most = Math.max(...hosts.map(({ pods }) => pods));
    if (!oneZone && most <= even) return null;
    const where = oneZone ? `in one of ${available} zones` : `on ${plural(hosts.length, "node")} of ${nodes.length}`;
    return {
      statement: `the ${workload.pods.length} pods run ${where}, up to ${most} on one node`,
      evidence: ["nodes.hosts", "workload.pods"],
    };
  },
});
