import { defineFactor, plural } from "../../../src/playbook.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";

/** Targets are nodes: the load balancer cannot see pods, and no routing algorithm of it can balance them (000 E). */
export default defineFactor({
  factor: "instance-target-mode",
  needs: { topology: topologyFact },
  find({ topology }) {
    if (topology.targetType !== "instance") return null;
    return {
      statement: `the targets are ${plural(topology.targets.length, "node")}: the load balancer cannot see pods, and least outstanding requests would count nodes`,
      evidence: ["target-topology.targets", "target-topology.path"],
    };
  },
});
