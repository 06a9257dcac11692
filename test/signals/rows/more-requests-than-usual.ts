import { classic } from "../classic.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const more = (inside: number, spilled: number | null = null) => ({
  ...episodes(),
  ...classic({ requests: level(1000, inside), spilled: level(null, spilled) }),
});

export default [
  ["1.52 times the usual", more(1520), "yes"],
  ["1.48 times", more(1480), "unclear"],
  ["1.12 times", more(1120), "unclear"],
  ["1.08 times", more(1080), "no"],
  ["as many as usual are handed on, and half as many are turned down", more(1000, 520), "yes"],
  ["none came outside", { ...episodes(), ...classic({ requests: level(0, 100) }) }, "unknown"],
  ["nothing is known outside", { ...episodes(), ...classic({ requests: level(null, 100) }) }, "unknown"],
  ["nothing is known", { ...episodes(), ...classic({ spilled: always(3) }) }, "unknown"],
] satisfies readonly Row[];
