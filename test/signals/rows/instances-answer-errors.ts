import { classic } from "../classic.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const failing = (inside: number, outside: number | null = null) => ({
  ...episodes(),
  ...classic({ requests: always(100_000), failed: level(outside, inside) }),
});

export default [
  ["1.05 % of the requests", failing(1050), "yes"],
  ["0.95 %", failing(950), "unclear"],
  ["0.11 %", failing(110), "unclear"],
  ["0.095 %", failing(95), "no"],
  ["2.1 times the share of other times", failing(4200, 2000), "yes"],
  ["1.9 times", failing(3800, 2000), "unclear"],
  ["no request came", { ...episodes(), ...classic({ failed: always(3) }) }, "unknown"],
  [
    "no request came at other times",
    { ...episodes(), ...classic({ requests: level(0, 1000), failed: level(null, 50) }) },
    "yes",
  ],
] satisfies readonly Row[];
