import { defineFactor, plural } from "../../../src/playbook.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";

/** Targets are nodes: the load balancer cannot see pods, and no routing algorithm of it can balance them (000 E). */
export default defineFactor({
  factor: "instance-target-mode",
  // By itself it is how the cluster is built: only where pods are uneven is it changed, and then the fix says how.
  action: { kind: "prevent", settledBy: ["ip-targets-and-least-outstanding"] },
  needs: { topology: topologyFact },
  find({ topology }) {
    // Instances that are no nodes have no pods behind them that another rule could not see.
    if (topology.targetType !== "instance" || topology.targetsAre === null || topology.targetsAre === "instances")
      return null;
    const nodes = topology.targets ? plural(topology.targets.length, "node") : "nodes";
    return {
      statement: `the targets are ${nodes}: the load balancer cannot see pods, and least outstanding requests would count nodes`,
      evidence: ["target-topology.targets", "target-topology.path"],
    };
  },
});
