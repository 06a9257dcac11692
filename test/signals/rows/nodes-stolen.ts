import { node } from "../pods.ts";
import type { Row } from "../row.ts";

const loses = (stealInBursts: number | null, pods = 1) => ({ nodes: [node({ stealInBursts, pods })] });

export default [
  ["21 % of the CPU time", loses(0.21), "yes"],
  ["19 % of the CPU time", loses(0.19), "unclear"],
  ["5.2 % of the CPU time", loses(0.052), "unclear"],
  ["4.8 % of the CPU time", loses(0.048), "no"],
  ["one of two nodes", { nodes: [node({ stealInBursts: 0 }), node({ stealInBursts: 0.6 })] }, "yes"],
  ["a node without pods of the service", loses(0.6, 0), "unknown"],
  ["not known", loses(null), "unknown"],
] satisfies readonly Row[];
