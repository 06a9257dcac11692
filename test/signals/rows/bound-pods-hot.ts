import { service, topology } from "../balancer.ts";
import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const on = topology({ stickiness: { enabled: true, type: "lb_cookie" } });
const off = topology({ stickiness: { enabled: false, type: null } });
const nodes = {
  ...topology({ stickiness: { enabled: false, type: null }, targetType: "instance" }),
  ...service(),
  connections: { made: 20, requests: 1000 },
};

export default [
  ["a cookie binds clients, and the same pods are hot", { ...on, ...podCpu({ samePods: 0.9 }) }, "yes"],
  ["a cookie binds clients, and who is hot changes", { ...on, ...podCpu({ samePods: 0.1 }) }, "no"],
  [
    "a cookie binds clients, and whether the same pods are hot is not clear",
    { ...on, ...podCpu({ samePods: 0.5 }) },
    "unclear",
  ],
  [
    "nothing binds a client, and the load balancer picks the pod",
    { ...off, ...podCpu({ samePods: 0.9, clumpedShare: 0.2 }) },
    "no",
  ],
  [
    "whether anything binds clients is not known, and the same pods are hot",
    { ...topology(), ...podCpu({ samePods: 0.9 }) },
    "yes",
  ],
  ["a cookie binds clients, and there is one episode", { ...on, ...podCpu({ samePods: null }) }, "unknown"],
  [
    "kept connections go through nodes, and the same pods are hot while others idle",
    { ...nodes, ...podCpu({ samePods: 0.9, clumpedShare: 0.15 }) },
    "yes",
  ],
  [
    "kept connections go through nodes, and who is hot changes",
    { ...nodes, ...podCpu({ samePods: 0.1, clumpedShare: 0.15 }) },
    "no",
  ],
  [
    "kept connections go through nodes, and no pod idles beside hot ones",
    { ...nodes, ...podCpu({ samePods: 0.9, clumpedShare: 0.05 }) },
    "no",
  ],
  [
    "connections through nodes are not kept",
    { ...nodes, connections: { made: 900, requests: 1000 }, ...podCpu({ samePods: 0.9, clumpedShare: 0.15 }) },
    "no",
  ],
  [
    "whether connections through nodes are kept is not known, and the same pods are hot while others idle",
    { ...nodes, connections: undefined, ...podCpu({ samePods: 0.9, clumpedShare: 0.15 }) },
    "yes",
  ],
] satisfies readonly Row[];
