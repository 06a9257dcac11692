import { episodes, level } from "../facts.ts";
import { responses } from "../groups.ts";
import type { Row } from "../row.ts";

const made = (broken: number, late: number) => ({
  ...episodes(),
  ...responses([], { "502": level(0, broken), "504": level(0, late) }),
});

export default [
  ["62 % are 502", made(62, 38), "yes"],
  ["58 % are 502", made(58, 42), "unclear"],
  ["21 % are 502", made(21, 79), "unclear"],
  ["19 % are 502", made(19, 81), "no"],
  ["it made none", made(0, 0), "unknown"],
] satisfies readonly Row[];
