import { service } from "../balancer.ts";
import { nodesOfTargets } from "../connections.ts";
import type { Row } from "../row.ts";

const FULL = [1, false] as const;
const EMPTY = [0, true] as const;
const local = (...nodes: readonly (readonly [number, boolean])[]) => ({
  ...service(null, "Local"),
  ...nodesOfTargets(...nodes),
});

export default [
  ["the two without a pod fail", local(FULL, FULL, EMPTY, EMPTY), "yes"],
  ["one with a pod fails beside five without", local([2, true], EMPTY, EMPTY, EMPTY, EMPTY, EMPTY), "yes"],
  ["one with a pod fails beside three without: 75 %", local([2, true], FULL, EMPTY, EMPTY, EMPTY), "unclear"],
  ["none fails now", local(FULL, [0, false]), "unclear"],
  ["only nodes with a pod fail", local([1, true], [0, false]), "unclear"],
  ["each holds a pod", local(FULL, [3, true]), "no"],
  ["the policy is Cluster", { ...service(null, "Cluster"), ...nodesOfTargets(FULL, EMPTY) }, "no"],
  ["the policy is not told", { ...service(null, null), ...nodesOfTargets(FULL, EMPTY) }, "unknown"],
] satisfies readonly Row[];
