import { node, nodes, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["72 % in use", podCpu({ fleetInBursts: 2.9 }), "yes"],
  ["78 % in use", podCpu({ fleetInBursts: 3.1 }), "unclear"],
  ["82 % in use", podCpu({ fleetInBursts: 3.3 }), "unclear"],
  ["88 % in use", podCpu({ fleetInBursts: 3.5 }), "no"],
  ["72 % in use, and all nodes full", { ...podCpu({ fleetInBursts: 2.9 }), ...nodes(0.99, 0.91) }, "unclear"],
  ["72 % in use, and a node that is not full", { ...podCpu({ fleetInBursts: 2.9 }), ...nodes(0.99, 0.89) }, "yes"],
  ["72 % in use, and a node that is not known", { ...podCpu({ fleetInBursts: 2.9 }), ...nodes(0.99, null) }, "yes"],
  [
    "72 % in use, and a node with room that holds none of the pods",
    {
      ...podCpu({ fleetInBursts: 2.9 }),
      nodes: [node({ busyInBursts: 0.95 }), node({ name: "node-2", pods: 0, busyInBursts: 0.1 })],
    },
    "unclear",
  ],
  ["88 % in use, and all nodes full", { ...podCpu({ fleetInBursts: 3.5 }), ...nodes(0.99, 0.91) }, "no"],
  ["no figure of the hottest pods", podCpu({ plateau: null }), "unknown"],
  ["the hottest pods use nothing", podCpu({ plateau: 0 }), "unknown"],
  ["no figure of the fleet", podCpu({ fleetInBursts: null }), "unknown"],
] satisfies readonly Row[];
