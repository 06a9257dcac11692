import { alarm, alarmMetric, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const requests = (inside: number | null, latency = 1) => ({
  ...alarm(),
  ...alarmMetric({ average: level(0.1, latency), requests: level(500, inside) }),
  ...episodes(),
});

export default [
  ["29 requests a datapoint", requests(29), "yes"],
  ["32 requests a datapoint", requests(32), "unclear"],
  ["57 requests a datapoint", requests(57), "unclear"],
  ["62 requests a datapoint", requests(62), "no"],
  ["the counts are not known", requests(null), "unknown"],
  ["no datapoint breaches", requests(29, 0.2), "unknown"],
] satisfies readonly Row[];
