import { classic } from "../classic.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const made = (inside: number) => ({
  ...episodes(),
  ...classic({ requests: always(1000), made: level(null, inside) }),
});

export default [
  ["1.9 % of the requests", made(19), "yes"],
  ["2.1 %", made(21), "unclear"],
  ["9.5 %", made(95), "unclear"],
  ["10.5 %", made(105), "no"],
  ["none", made(0), "no"],
  ["no request came", { ...episodes(), ...classic({ made: always(3) }) }, "unknown"],
] satisfies readonly Row[];
