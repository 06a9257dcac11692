import { service } from "../balancer.ts";
import { node, pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

/** Three pods that share a node, and one that stands alone on its own. */
const apart = [
  node({ name: "node-1", pods: 3, podNames: ["shop-1", "shop-2", "shop-3"] }),
  node({ name: "node-2", pods: 1, podNames: ["shop-4"] }),
];
const pods = (...cores: readonly number[]) => cores.map((inBursts, index) => pod(inBursts, 0, `shop-${index + 1}`));
const same = (...cores: readonly number[]) => podCpu({ samePods: 0.9, pods: pods(...cores) });
const local = service(null, "Local");

export default [
  ["the hot pods change", podCpu({ samePods: 0.2 }), "yes"],
  ["the same pods are hot, and the Service spreads over all", { ...same(0.3, 0.3, 0.3, 0.9), ...service() }, "no"],
  ["the same pods are hot, and the Service is not known", same(0.3, 0.3, 0.3, 0.9), "unclear"],
  [
    "Local policy, and the pod that stands alone is hot",
    { ...same(0.3, 0.3, 0.3, 0.9), ...local, nodes: apart },
    "yes",
  ],
  ["Local policy, and it nearly is", { ...same(0.3, 0.3, 0.63, 0.9), ...local, nodes: apart }, "yes"],
  ["Local policy, and another is nearly as hot", { ...same(0.3, 0.3, 0.7, 0.9), ...local, nodes: apart }, "unclear"],
  [
    "Local policy with equal numbers on the nodes",
    {
      ...same(0.3, 0.9),
      ...local,
      nodes: [node({ pods: 1, podNames: ["shop-1"] }), node({ pods: 1, podNames: ["shop-2"] })],
    },
    "no",
  ],
  ["Local policy, and the nodes are not known", { ...same(0.3, 0.9), ...local }, "unclear"],
  ["too few episodes to tell", podCpu({ samePods: null }), "unknown"],
] satisfies readonly Row[];
