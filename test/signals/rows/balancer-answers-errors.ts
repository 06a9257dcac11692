import { alarmMetric, always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

/** In the episode a thousand requests a minute, with so many 500 of the load balancer and 5xx of the targets among them. */
const errors = (balancer: number | null, targets = 0) => {
  const { alarmMetric: metric } = alarmMetric({ requests: always(1000), target5xx: level(0, targets) });
  const counted = (values: ReturnType<typeof level>) => ({ ...metric.requests, values });
  return {
    ...episodes(),
    // Time-outs and broken connections, which the targets make as well.
    alarmMetric: { ...metric, elb5xx: counted(level(0, 300)) },
    ...(balancer === null ? {} : { ownErrors: counted(level(null, balancer)) }),
  };
};

export default [
  ["1.05 % of the requests", errors(10.5), "yes"],
  ["0.95 % of the requests", errors(9.5), "unclear"],
  ["0.105 % of the requests", errors(1.05), "unclear"],
  ["0.095 % of the requests", errors(0.95), "no"],
  ["none", errors(0), "no"],
  ["the targets make 9.5 % as many", errors(20, 1.9), "yes"],
  ["the targets make 10.5 % as many", errors(20, 2.1), "unclear"],
  ["they were not read", errors(null), "unknown"],
  ["no request in the episodes", { ...errors(10), ...alarmMetric({ requests: always(0) }) }, "unknown"],
] satisfies readonly Row[];
