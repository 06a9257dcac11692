import { episodes, level } from "../facts.ts";
import { requestLoad } from "../groups.ts";
import type { Row } from "../row.ts";

const load = (outside: number | null, inside: number | null) => ({
  ...episodes(),
  ...requestLoad({ requests: level(outside, inside) }),
});

export default [
  ["1.32 times the usual requests", load(100, 132), "yes"],
  ["1.28 times", load(100, 128), "unclear"],
  ["1.16 times", load(100, 116), "unclear"],
  ["1.14 times", load(100, 114), "no"],
  ["fewer", load(100, 50), "no"],
  ["nothing is known outside the spike", load(null, 100), "unknown"],
  ["no request came outside it", load(0, 100), "unknown"],
  ["nothing is known in it", load(100, null), "unknown"],
] satisfies readonly Row[];
