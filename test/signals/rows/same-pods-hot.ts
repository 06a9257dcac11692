import { hottest, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["correlation 0.62", podCpu({ samePods: 0.62 }), "yes"],
  ["correlation 0.58", podCpu({ samePods: 0.58 }), "unclear"],
  ["correlation 0.42", podCpu({ samePods: 0.42 }), "unclear"],
  ["correlation 0.38", podCpu({ samePods: 0.38 }), "no"],
  ["one pod", podCpu({ samePods: 0.9, together: 1 }), "no"],
  ["two episodes with the same hottest pod", podCpu({ byEpisode: hottest("shop-1", "shop-1") }), "yes"],
  ["two episodes with different ones", podCpu({ byEpisode: hottest("shop-1", "shop-2") }), "unknown"],
  ["one episode", podCpu({ byEpisode: hottest("shop-1") }), "unknown"],
] satisfies readonly Row[];
