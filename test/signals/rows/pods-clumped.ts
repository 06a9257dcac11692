import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["in 31 % of the minutes", podCpu({ clumpedShare: 0.31, jain: 0.8 }), "yes"],
  ["in 31 % of the minutes, the pods neither alike nor apart", podCpu({ clumpedShare: 0.31, jain: 0.89 }), "yes"],
  ["in 31 % of the minutes, and yet all were equally busy", podCpu({ clumpedShare: 0.31, jain: 0.91 }), "unknown"],
  ["in 29 % of the minutes", podCpu({ clumpedShare: 0.29 }), "unclear"],
  ["in 10.5 % of the minutes", podCpu({ clumpedShare: 0.105 }), "unclear"],
  ["in 9.5 % of the minutes", podCpu({ clumpedShare: 0.095 }), "no"],
  ["one pod", podCpu({ clumpedShare: 0.5, together: 1 }), "no"],
  ["no pod has a figure", podCpu({ clumpedShare: null }), "unknown"],
] satisfies readonly Row[];
