import { episodes, level } from "../facts.ts";
import { responses } from "../groups.ts";
import type { Row } from "../row.ts";

const made = (broken: number, late: number, unavailable: number) => ({
  ...episodes(),
  ...responses([], { "502": level(0, broken), "503": level(0, unavailable), "504": level(0, late) }),
});

export default [
  ["62 % are 502 or 504", made(31, 31, 38), "yes"],
  ["58 % are", made(29, 29, 42), "unclear"],
  ["21 % are", made(11, 10, 79), "unclear"],
  ["19 % are", made(10, 9, 81), "no"],
  ["it made none", made(0, 0, 0), "unknown"],
] satisfies readonly Row[];
