import { node } from "../pods.ts";
import type { Row } from "../row.ts";

const waits = (iowaitInBursts: number | null, pods = 1) => ({ nodes: [node({ iowaitInBursts, pods })] });

export default [
  ["26 % of the CPU time", waits(0.26), "yes"],
  ["24 % of the CPU time", waits(0.24), "unclear"],
  ["10.5 % of the CPU time", waits(0.105), "unclear"],
  ["9.5 % of the CPU time", waits(0.095), "no"],
  ["one of two nodes", { nodes: [node({ iowaitInBursts: 0 }), node({ iowaitInBursts: 0.5 })] }, "yes"],
  ["a node without pods of the service", waits(0.5, 0), "unknown"],
  ["not known", waits(null), "unknown"],
] satisfies readonly Row[];
