import { episodes, level, metric } from "../facts.ts";
import type { Row } from "../row.ts";

const typical = (inside: number | null, requests = 100, outside: number | null = 0.1) => ({
  ...metric({ p50: level(outside, inside), requests: level(100, requests) }),
  ...episodes(),
});
/** Minutes of so few requests that their median is chance; all but the slowest take this long. */
const few = (others: number, requests: number) => ({
  ...metric({
    p50: level(0.1, 0.5),
    requests: level(100, requests),
    average: level(0.1, (5 + others * (requests - 1)) / requests),
    maximum: level(0.2, 5),
  }),
  ...episodes(),
});

export default [
  ["2.05 times as slow", typical(0.205), "yes"],
  ["1.9 times as slow", typical(0.19), "unclear"],
  ["1.35 times as slow", typical(0.135), "unclear"],
  ["1.25 times as slow", typical(0.125), "no"],
  ["21 requests a minute have a median", typical(0.3, 21), "yes"],
  ["19 requests a minute have none", typical(0.3, 19), "unclear"],
  ["few requests, and but for the slowest they are fast", few(0.1, 5), "no"],
  ["few requests, and the others are slow too", few(0.3, 5), "unclear"],
  ["one request a minute", few(0.1, 1), "unclear"],
  ["no median outside the episodes", typical(0.2, 100, null), "unknown"],
] satisfies readonly Row[];
