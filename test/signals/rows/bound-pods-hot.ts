import { topology } from "../balancer.ts";
import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const on = topology({ stickiness: { enabled: true, type: "lb_cookie" } });
const off = topology({ stickiness: { enabled: false, type: null } });

export default [
  ["a cookie binds clients, and the same pods are hot", { ...on, ...podCpu({ samePods: 0.9 }) }, "yes"],
  ["a cookie binds clients, and who is hot changes", { ...on, ...podCpu({ samePods: 0.1 }) }, "no"],
  [
    "a cookie binds clients, and whether the same pods are hot is not clear",
    { ...on, ...podCpu({ samePods: 0.5 }) },
    "unclear",
  ],
  ["nothing binds a client", { ...off, ...podCpu({ samePods: 0.9 }) }, "no"],
  [
    "whether anything binds clients is not known, and the same pods are hot",
    { ...topology(), ...podCpu({ samePods: 0.9 }) },
    "yes",
  ],
  ["a cookie binds clients, and there is one episode", { ...on, ...podCpu({ samePods: null }) }, "unknown"],
] satisfies readonly Row[];
