import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["in 31 % of the minutes", podCpu({ clumpedShare: 0.31 }), "yes"],
  ["in 29 % of the minutes", podCpu({ clumpedShare: 0.29 }), "unclear"],
  ["in 10.5 % of the minutes", podCpu({ clumpedShare: 0.105 }), "unclear"],
  ["in 9.5 % of the minutes", podCpu({ clumpedShare: 0.095 }), "no"],
  ["one pod", podCpu({ clumpedShare: 0.5, together: 1 }), "no"],
  ["no pod has a figure", podCpu({ clumpedShare: null }), "unknown"],
] satisfies readonly Row[];
