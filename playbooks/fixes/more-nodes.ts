import {
  defineFix,
  highest,
  listed,
  type NodeGroupFact,
  percent,
  plain,
  plural,
  refuseLeastOutstanding,
} from "../../src/playbook.ts";

/** From here on a node has nothing left for its pods (see insufficient-capacity). */
const NODE_FULL = 0.85;

/**
 * Nodes that have CPU to give (000 J). Node groups grow outside the cluster's API, which shows no more than their
 * sizes, so the change is named and not written.
 */
export default defineFix({
  id: "more-nodes",
  for: ["insufficient-capacity"],
  propose(facts, verdict) {
    const { nodes, workload } = facts;
    if (verdict.rootCause !== "insufficient-capacity" || !nodes || !workload) return null;
    const full = nodes.filter(({ pods, busyInBursts }) => pods > 0 && (busyInBursts ?? 0) >= NODE_FULL);
    const busiest = highest(full.flatMap(({ busyInBursts }) => busyInBursts ?? []));
    if (busiest === null) return null;
    const groups = [...new Set(full.flatMap(({ group }) => group ?? []))];
    const request = workload.podCpuRequest;
    return {
      id: "more-nodes",
      for: ["insufficient-capacity"],
      title: "room on the nodes",
      why: `${plural(full.length, "node")} with pods of ${workload.name} ${full.length === 1 ? "is" : "are"} up to ${percent(busiest)} busy in the bursts: nothing in the pods' own settings can give them CPU that the node does not have.`,
      risk: "More nodes cost what they cost all day unless the node autoscaler takes them away again.",
      changes: [],
      preconditions: [
        `raise the CPU request of ${workload.name}${request === null ? "" : ` (now ${plain(request)} cores)`} to what it uses in the bursts, so that the scheduler and the node autoscaler see the need`,
        `find what else is busy on ${full.length === 1 ? "that node" : "those nodes"} and whether it has a request: kubectl top pods -A --sort-by=cpu`,
        mayGrow(groups, facts.nodeGroups ?? []),
      ],
      verify: ["the nodes stay below 85 % in the next burst, and the pods reach what they can use"],
      rollback: ["the request back to what it was"],
      notOffered: refuseLeastOutstanding(facts),
    };
  },
});

/** Whether the full nodes' groups have room to grow, where their sizes are known for each of them. */
function mayGrow(groups: readonly string[], known: readonly NodeGroupFact[]): string {
  const sizes = groups.flatMap((group) => {
    const size = known.find(({ name }) => name === group);
    return size && size.max !== null && size.current !== null ? [{ group, now: size.current, max: size.max }] : [];
  });
  if (groups.length === 0) return "the node group or pool may grow: look at its maximum";
  if (sizes.length < groups.length)
    return `the node group ${listed(groups)} may grow: aws eks describe-nodegroup shows its maximum`;
  const told = listed(sizes.map(({ group, now, max }) => `${group} has ${now} of at most ${max} nodes`));
  return sizes.some(({ now, max }) => now < max)
    ? `the node groups may grow: ${told}`
    : `the node groups' maximum goes up first: ${told}`;
}
