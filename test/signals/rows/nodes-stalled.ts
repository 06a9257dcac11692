import { nodeModes } from "../facts.ts";
import type { Row } from "../row.ts";

const waits = (iowaitInBursts: number | null, pods = 1) => nodeModes({ iowaitInBursts, pods });

export default [
  ["26 % of the CPU time is waiting for a disk", waits(0.26), "yes"],
  ["25 % of the CPU time is waiting for a disk", waits(0.25), "yes"],
  ["24 % of the CPU time is waiting for a disk", waits(0.24), "unclear"],
  ["10 % of the CPU time is waiting for a disk", waits(0.1), "unclear"],
  ["9.5 % of the CPU time is waiting for a disk", waits(0.095), "no"],
  ["one of two nodes waits", { nodes: [...waits(0.02).nodes, ...waits(0.3).nodes] }, "yes"],
  ["a node without these pods waits", { nodes: [...waits(0.02).nodes, ...waits(0.3, 0).nodes] }, "no"],
  ["the CPU by mode was not read", waits(null), "unknown"],
] satisfies readonly Row[];
