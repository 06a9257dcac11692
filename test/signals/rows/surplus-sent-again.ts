import { always, episodes, metric } from "../facts.ts";
import { suspect } from "../groups.ts";
import { requestLog, row, type Taken } from "../logs.ts";
import type { Row } from "../row.ts";

const fast = (requests: number): Taken => [[requests, 0.05]];

/** One client sends 1000 requests beyond its usual 100 in two episodes; of all, so many are no proof of an answer. */
const log = (bad: { gaveUp?: number; failed?: number; made?: number }, h2 = 0, h2Quiet = 0) => ({
  ...suspect("shop"),
  ...requestLog(
    row(0, "all", [], fast(2100)),
    row(0, "client", ["203.0.113.7"], fast(1100), bad),
    row(0, "client", ["203.0.113.8"], fast(1000), { gaveUp: 900 }),
    row(0, "type", ["h2"], fast(h2)),
    row(0, "type", ["https"], fast(2100 - h2)),
    row(2, "all", [], fast(1100)),
    row(2, "client", ["203.0.113.7"], fast(100)),
    row(2, "client", ["203.0.113.8"], fast(1000)),
    row(2, "type", ["grpcs"], fast(h2Quiet)),
  ),
});

const MINUTES = 60;
/** From minute 20 slow, and more requests so many minutes later. */
const rising = (after: number) => {
  const from = (minute: number, before: number, then: number) =>
    always(before, MINUTES).map((value, at) => (at >= minute && at < 30 ? then : value));
  return {
    ...metric({ average: from(20, 0.1, 1), requests: from(20 + after, 100, 200) }),
    ...episodes([[20, 30]], {}, MINUTES),
  };
};

export default [
  ["95 of 1000 were given up", { ...rising(0), ...log({ gaveUp: 95 }) }, "no"],
  ["105 of 1000 were given up", { ...rising(0), ...log({ gaveUp: 105 }) }, "unclear"],
  ["105 of 1000 failed in the target", { ...rising(0), ...log({ failed: 105 }) }, "unclear"],
  ["for 105 of 1000 the load balancer answered", { ...rising(0), ...log({ made: 105 }) }, "unclear"],
  ["105 more than usual came over HTTP/2", { ...rising(0), ...log({}, 205, 100) }, "unclear"],
  ["no more than usual came over HTTP/2", { ...rising(0), ...log({}, 205, 205) }, "no"],
  [
    "fewer than usual over HTTP/2 hide nothing that was given up",
    { ...rising(0), ...log({ gaveUp: 105 }, 0, 100) },
    "unclear",
  ],
  ["the requests come before the latency", { ...rising(-2), ...log({ gaveUp: 900 }) }, "no"],
  ["the requests come after the latency, all answered", { ...rising(2), ...log({}) }, "yes"],
  [
    "the client sends no more than usual",
    {
      ...rising(0),
      ...suspect("shop"),
      ...requestLog(
        row(0, "all", [], fast(100)),
        row(0, "client", ["203.0.113.7"], fast(100)),
        row(2, "client", ["203.0.113.7"], fast(100)),
      ),
    },
    "unknown",
  ],
  [
    "the log has no quiet period",
    {
      ...rising(0),
      ...suspect("shop"),
      "request-log": {
        ...requestLog(row(0, "all", [], fast(100)), row(0, "client", ["203.0.113.7"], fast(100)))["request-log"],
        spans: [{ span: { start: 10_000, end: 10_600 }, episode: 1 }],
      },
    },
    "unknown",
  ],
] satisfies readonly Row[];
