import { defineStep, listNodes, plural } from "../../../src/playbook.ts";
import { serviceFact } from "../service/fact.ts";
import { topologyFact } from "../target-topology/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { type NodeOfTarget, nodesOfTargetsFact } from "./fact.ts";

/** Which of the targets that are nodes hold a ready pod of the Service. */
export default defineStep({
  id: "node-endpoints",
  title: "pods on the targets",
  needs: { topology: topologyFact, workload: workloadFact },
  uses: [serviceFact],
  gives: [nodesOfTargetsFact],
  async run({ facts: { topology, workload }, ask, use, give, find }) {
    if (topology.targetType !== "instance" || !topology.targets) return;
    const asked = listNodes();
    const nodes = await ask(asked);
    if (!nodes.ok || nodes.cut) return;
    const known = new Map(
      nodes.value.flatMap(({ metadata, spec }) => {
        const id = spec?.providerID?.split("/").at(-1);
        return id === undefined ? [] : [[id, metadata] as const];
      }),
    );
    const targets = topology.targets.flatMap(({ id, zone, state }): NodeOfTarget[] => {
      const node = known.get(id);
      if (!node) return [];
      const pods = workload.pods.filter((pod) => pod.node === node.name && pod.ready).length;
      const own = node.labels["topology.kubernetes.io/zone"] ?? zone;
      return [{ target: id, node: node.name, zone: own ?? null, state, pods }];
    });
    if (targets.length === 0) return;
    give(nodesOfTargetsFact, targets);
    const empty = targets.filter(({ pods }) => pods === 0);
    const failing = empty.filter(({ state }) => state === "unhealthy").length;
    const policy = (await use(serviceFact))?.externalTrafficPolicy ?? null;
    find({
      id: "nodes",
      statement: `${targets.length - empty.length} of ${plural(targets.length, "target")} have a ready pod of ${workload.name}; of the ${empty.length} without one ${failing} fail their health check now${policy === null ? "" : ` (externalTrafficPolicy ${policy})`}`,
      measures: { targets: targets.length, withoutPod: empty.length, failingWithoutPod: failing },
      proof: [asked.question],
    });
  },
});
