import { episodes, group, level, responses } from "../facts.ts";
import type { Row } from "../row.ts";

/** Ten minutes of a spike with so many errors a minute. */
const failing = (own: number, others = 0) => ({
  ...episodes(),
  ...responses([group("shop", { failed: level(0, own) }), group("cart", { failed: level(0, others) })]),
});

export default [
  ["82 % are one group's", failing(82, 18), "yes"],
  ["78 % are", failing(78, 22), "unclear"],
  ["62 % are", failing(62, 38), "unclear"],
  ["58 % are", failing(58, 42), "no"],
  ["five errors in all", failing(0.5), "yes"],
  ["four and a half in all", failing(0.45), "unknown"],
  ["there is no target group", { ...episodes(), ...responses([]) }, "unknown"],
] satisfies readonly Row[];
