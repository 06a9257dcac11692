import { episodes, level, metric } from "../facts.ts";
import type { Row } from "../row.ts";

const requests = (outside: number | null, inside: number | null) => ({
  ...metric({ requests: level(outside, inside) }),
  ...episodes(),
});

export default [
  ["31 % more arrive", requests(100, 131), "yes"],
  ["29 % more arrive", requests(100, 129), "unclear"],
  ["16 % more arrive", requests(100, 116), "unclear"],
  ["14 % more arrive", requests(100, 114), "no"],
  ["fewer arrive", requests(100, 50), "no"],
  ["nothing is known outside the episodes", requests(null, 100), "unknown"],
  ["nothing is known in the episodes", requests(100, null), "unknown"],
  ["no request arrives outside the episodes", requests(0, 100), "unknown"],
] satisfies readonly Row[];
