import { episodes, level } from "../facts.ts";
import { group, responses, suspect } from "../groups.ts";
import type { Row } from "../row.ts";

/** So many requests a minute in the spike where 1,000 are usual, and so many of them refused where none is. */
const refused = (requests: number, failed: number, usual: number | null = 1000) => ({
  ...episodes(),
  ...suspect("shop"),
  ...responses([group("shop", { requests: level(usual, requests), failed: level(0, failed) })], {}, "4xx"),
});

export default [
  ["they are 5xx", { ...refused(1000, 100), ...responses([]) }, "yes"],
  ["72 % of them came in addition", refused(1072, 100), "no"],
  ["68 % of them did", refused(1068, 100), "unclear"],
  ["no request came in addition", refused(1000, 100), "unclear"],
  ["more came, and no more were refused", refused(1010, 0), "unknown"],
  ["none stands out", { ...refused(1000, 100), ...suspect(null) }, "unknown"],
  ["how many are usual is not known", refused(1000, 100, null), "unknown"],
] satisfies readonly Row[];
