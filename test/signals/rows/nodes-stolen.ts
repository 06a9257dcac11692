import { nodeModes } from "../facts.ts";
import type { Row } from "../row.ts";

const loses = (stealInBursts: number | null, pods = 1) => nodeModes({ stealInBursts, pods });

export default [
  ["21 % of the CPU time is stolen", loses(0.21), "yes"],
  ["20 % of the CPU time is stolen", loses(0.2), "yes"],
  ["19 % of the CPU time is stolen", loses(0.19), "unclear"],
  ["5 % of the CPU time is stolen", loses(0.05), "unclear"],
  ["4.8 % of the CPU time is stolen", loses(0.048), "no"],
  ["one of two nodes loses CPU", { nodes: [...loses(0.01).nodes, ...loses(0.6).nodes] }, "yes"],
  ["a node without these pods loses CPU", { nodes: [...loses(0.01).nodes, ...loses(0.6, 0).nodes] }, "no"],
  ["the CPU by mode was not read", loses(null), "unknown"],
] satisfies readonly Row[];
