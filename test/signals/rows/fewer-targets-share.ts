import { episodes, level } from "../facts.ts";
import { requestLoad } from "../groups.ts";
import type { Row } from "../row.ts";

const load = (outside: number | null, inside: number | null) => ({
  ...episodes(),
  ...requestLoad({ healthy: level(outside, inside) }),
});

export default [
  ["79 of 100 targets are healthy", load(100, 79), "yes"],
  ["81 of 100", load(100, 81), "unclear"],
  ["94 of 100", load(100, 94), "unclear"],
  ["96 of 100", load(100, 96), "no"],
  ["more than outside the spike", load(2, 3), "no"],
  ["none is healthy", load(4, 0), "yes"],
  ["nothing is known outside the spike", load(null, 3), "unknown"],
  ["none was healthy outside it", load(0, 3), "unknown"],
  ["nothing is known in it", load(4, null), "unknown"],
] satisfies readonly Row[];
