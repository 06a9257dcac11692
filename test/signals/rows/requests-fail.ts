import { always, metric } from "../facts.ts";
import type { Row } from "../row.ts";

const failing = (of10000: number, requests = 10_000) =>
  metric({ requests: always(requests), target5xx: always(of10000) });

export default [
  ["2.1 % fail", failing(210), "yes"],
  ["1.9 % fail", failing(190), "unclear"],
  ["1.05 % fail", failing(105), "unclear"],
  ["0.95 % fail", failing(95), "no"],
  ["none fails", metric({ requests: always(100) }), "no"],
  ["no requests", failing(0, 0), "unknown"],
] satisfies readonly Row[];
