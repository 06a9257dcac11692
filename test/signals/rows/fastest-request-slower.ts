import { episodes, level, tails } from "../facts.ts";
import type { Row } from "../row.ts";

const fastest = (outside: number | null, inside: number | null) => ({
  ...tails({ p10: level(outside, inside) }),
  ...episodes(),
});

export default [
  ["1.55 times as slow", fastest(0.1, 0.155), "yes"],
  ["1.45 times as slow", fastest(0.1, 0.145), "unclear"],
  ["1.25 times as slow", fastest(0.1, 0.125), "unclear"],
  ["1.15 times as slow", fastest(0.1, 0.115), "no"],
  ["not known outside the episodes", fastest(null, 0.1), "unknown"],
  ["not known in the episodes", fastest(0.1, null), "unknown"],
  ["no time at all outside the episodes", fastest(0, 0.1), "unknown"],
] satisfies readonly Row[];
