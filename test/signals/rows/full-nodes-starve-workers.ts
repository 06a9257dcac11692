import { nodes, podCpu, workers } from "../pods.ts";
import type { Row } from "../row.ts";

/** A node this busy, and pods of one worker that tops out at this share of a core. */
const at = (busy: number | null, plateau: number, jain = 0.99) => ({
  ...nodes(busy),
  ...podCpu({ plateau, jain }),
  ...workers(),
});

export default [
  ["the nodes have room", at(0.5, 0.9), "no"],
  ["the nodes' CPU is not known", at(null, 0.9), "unknown"],
  ["full nodes, and 86 % of a core for each worker", at(0.99, 0.86), "no"],
  ["full nodes, and 84 % of a core for each worker", at(0.99, 0.84), "unclear"],
  ["full nodes, and 71 % of a core for each worker", at(0.99, 0.71), "unclear"],
  ["full nodes, and workers that are not busy", at(0.99, 0.45), "yes"],
  ["full nodes, and the busiest pods alone have a core for each", at(0.99, 0.9, 0.87), "unclear"],
  ["nearly full nodes, and 90 % of a core for each worker", at(0.85, 0.9), "no"],
  ["nearly full nodes, and 80 % of a core for each worker", at(0.85, 0.8), "unclear"],
  [
    "full nodes, and workers that may use several cores",
    { ...at(0.99, 0.9), ...workers({ singleCore: false }) },
    "yes",
  ],
  ["full nodes, and the workers were not read", { ...nodes(0.99), ...podCpu({ plateau: 0.9 }) }, "unclear"],
  ["full nodes, and the pods' CPU was not read", { ...nodes(0.99), ...workers() }, "unclear"],
  [
    "full nodes, and how many workers there are is not known",
    { ...at(0.99, 0.9), ...workers({ workers: null }) },
    "unclear",
  ],
] satisfies readonly Row[];
