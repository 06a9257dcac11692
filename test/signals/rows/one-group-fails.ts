import { alarm, episodes, level } from "../facts.ts";
import { group, responses, suspect } from "../groups.ts";
import type { Row } from "../row.ts";

/** Ten minutes of a spike with so many errors a minute, of the group in question and of another. */
const failing = (own: number, others = 0) => ({
  ...alarm(),
  ...episodes(),
  ...suspect("shop"),
  ...responses([group("cart", { failed: level(0, others) }), group("shop", { failed: level(0, own) })]),
});
const { alarm: whole } = alarm();
const onGroup = { alarm: { ...whole, dimensions: { TargetGroup: "shop" } } };

export default [
  ["82 % are its own", failing(82, 18), "yes"],
  ["78 % are", failing(78, 22), "unclear"],
  ["62 % are", failing(62, 38), "unclear"],
  ["58 % are", failing(58, 42), "no"],
  ["30 % are, and the alarm watches it alone", { ...failing(30, 70), ...onGroup }, "unclear"],
  ["five errors in all", failing(0.5), "yes"],
  ["four and a half in all", failing(0.45), "unknown"],
  ["none stands out", { ...failing(50, 50), ...suspect(null) }, "no"],
  ["there is no target group", { ...failing(9), ...responses([]) }, "unknown"],
] satisfies readonly Row[];
