import { service } from "../balancer.ts";
import { classic } from "../classic.ts";
import { nodesOfTargets } from "../connections.ts";
import { alarm, always, episodes } from "../facts.ts";
import type { Row } from "../row.ts";

const FULL = [1, false] as const;
const EMPTY = [0, false] as const;
const OUT = [0, true] as const;
type Nodes = readonly (readonly [number, boolean])[];

const { alarm: plain } = alarm();
const on = (metric: string) => ({ alarm: { ...plain, namespace: "AWS/ELB", metric } });

/** An hour in which attempts of a hundred a minute fail, and half of the nodes have no pod; the last episode ends where told. */
const world = (
  failed: number,
  { end = 60, nodes = [FULL, EMPTY] as Nodes, metric = "BackendConnectionErrors" } = {},
) => ({
  ...on(metric),
  ...service(null, "Local"),
  ...nodesOfTargets(...nodes),
  ...episodes([[40, end]]),
  ...classic({ refused: always(failed), requests: always(100 - failed) }),
});
const { classic: _, ...unread } = world(50);

export default [
  ["half of the attempts fail, as half of the nodes are empty", world(50), "yes"],
  ["the load balancer's own 5xx", world(50, { metric: "HTTPCode_ELB_5XX" }), "yes"],
  ["answers of instances", world(50, { metric: "HTTPCode_Backend_5XX" }), "no"],
  ["0.52 of the nodes' share fails", world(26), "yes"],
  ["0.48 of it", world(24), "unclear"],
  ["1.96 times their share", world(49, { nodes: [FULL, FULL, FULL, EMPTY] }), "yes"],
  ["2.04 times their share", world(51, { nodes: [FULL, FULL, FULL, EMPTY] }), "unclear"],
  ["0.104 of their share", world(5.2), "unclear"],
  ["0.096 of their share", world(4.8), "no"],
  ["the last episode ended 14 minutes ago", world(50, { end: 46 }), "yes"],
  ["it ended 16 minutes ago", world(50, { end: 44 }), "unclear"],
  ["the empty ones are out of service", world(50, { nodes: [FULL, OUT] }), "unclear"],
  ["each holds a pod", world(50, { nodes: [FULL, FULL] }), "no"],
  ["the policy is Cluster", { ...world(50), ...service(null, "Cluster") }, "no"],
  ["the policy is not told", { ...world(50), ...service(null, null) }, "unknown"],
  [
    "the empty ones fail, and the alarm counts hosts",
    world(0, { nodes: [FULL, OUT], metric: "UnHealthyHostCount" }),
    "yes",
  ],
  ["none fails, and the alarm counts hosts", world(50, { metric: "UnHealthyHostCount" }), "unclear"],
  ["nothing came", { ...world(50), ...classic({}) }, "unknown"],
  ["the connections were not read", unread, "unknown"],
] satisfies readonly Row[];
