import { classic } from "../classic.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const failing = (inside: number, outside: number | null = null) => ({
  ...episodes(),
  ...classic({ requests: always(10_000), failed: level(outside, inside) }),
});

export default [
  ["1.05 % of the requests", failing(105), "yes"],
  ["0.95 %", failing(95), "unclear"],
  ["0.11 %", failing(11), "unclear"],
  ["0.09 %", failing(9), "no"],
  ["2.1 times the share of other times", failing(420, 200), "yes"],
  ["1.9 times", failing(380, 200), "unclear"],
  ["no request came", { ...episodes(), ...classic({ failed: always(3) }) }, "unknown"],
  [
    "no request came at other times",
    { ...episodes(), ...classic({ requests: level(0, 1000), failed: level(null, 50) }) },
    "yes",
  ],
] satisfies readonly Row[];
