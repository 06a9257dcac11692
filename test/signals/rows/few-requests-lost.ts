import { always, episodes, level } from "../facts.ts";
import { group, responses } from "../groups.ts";
import type { Row } from "../row.ts";

const lost = (count: number, of = 1000) => ({
  ...episodes(),
  ...responses([group("shop", { requests: always(of) })], { "502": level(0, count) }),
});

export default [
  ["1.9 %", lost(19), "yes"],
  ["2.1 %", lost(21), "unclear"],
  ["9.8 %", lost(98), "unclear"],
  ["10.2 %", lost(102), "no"],
  ["the requests are not known", lost(1, 0), "unknown"],
] satisfies readonly Row[];
