import { coreCount, defineFactor, type NodeFact, percent, plain } from "../../../src/playbook.ts";
import { nodesFact } from "../../evidence/nodes/fact.ts";

/** The largest of the pods' nodes has this many times the cores of the smallest: one instance size apart is twice. */
const UNEVEN = 1.5;
/** ... and the smallest is this many times as busy in the episodes: its size tells, and not only its label. */
const BUSIER = 1.3;

/**
 * Nodes of different size serve alike (000 top section 2): the same number of requests is more for the smaller one. Where
 * the smaller nodes are no busier it did nothing, and is not told.
 */
export default defineFactor({
  factor: "uneven-node-sizes",
  action: { kind: "prevent", title: "one instance size in the node group that serves" },
  needs: { nodes: nodesFact },
  find({ nodes }) {
    const hosts = nodes
      .filter(({ pods, allocatableCpu, busyInBursts }) => pods > 0 && allocatableCpu !== null && busyInBursts !== null)
      .sort((a, b) => (a.allocatableCpu ?? 0) - (b.allocatableCpu ?? 0));
    const [small] = hosts;
    const large = hosts.at(-1);
    if (!small || !large || (large.allocatableCpu ?? 0) < UNEVEN * (small.allocatableCpu ?? 0)) return null;
    const [busySmall, busyLarge] = [meanBusy(hosts, small), meanBusy(hosts, large)];
    if (busySmall < BUSIER * busyLarge) return null;
    return {
      statement: `the pods' nodes have ${plain(small.allocatableCpu ?? 0)} to ${coreCount(large.allocatableCpu ?? 0)} and get the same load: the smallest were ${percent(busySmall)} busy, the largest ${percent(busyLarge)}`,
      evidence: ["nodes.sizes", "nodes.hosts"],
    };
  },
});

/** Mean busy share of the hosts of one size. */
function meanBusy(hosts: readonly NodeFact[], { allocatableCpu }: NodeFact): number {
  const alike = hosts.filter((one) => one.allocatableCpu === allocatableCpu);
  return alike.reduce((total, { busyInBursts }) => total + (busyInBursts ?? 0), 0) / alike.length;
}
