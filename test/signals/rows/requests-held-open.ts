import { alarm, always, metric } from "../facts.ts";
import { suspect } from "../groups.ts";
import { parted } from "../logs.ts";
import type { Row } from "../row.ts";

const requests = always(50);
const constant = (value: number) => metric({ requests, p50: always(value), p95: always(value), p99: always(value) });
/** Around 300 s, half of the minutes below and half above by this many seconds. */
const swinging = (seconds: number) =>
  Array.from({ length: 60 }, (_, minute) => 300 + (minute % 2 ? seconds : -seconds));
/** In so many of sixty minutes with requests. */
const inMinutes = (minutes: number) => Array.from({ length: 60 }, (_, minute) => (minute < minutes ? 300 : null));

/** An access log in which one path takes so long each time, and the others do not. */
const log = (seconds: number) => ({
  ...alarm(),
  ...suspect("shop"),
  ...parted("path", ["POST", "/checkin"], [[[100, seconds]], [[1000, 0.1]]], [[[100, seconds]], [[1000, 0.1]]]),
});
const few = metric({ requests, p50: always(0.1), p95: always(2), p99: always(300) });

export default [
  ["10.5 s at all times", constant(10.5), "yes"],
  ["9.5 s at all times", constant(9.5), "no"],
  ["300 s, swinging by 24 %", metric({ requests, p50: swinging(36) }), "yes"],
  ["300 s, swinging by 26 %", metric({ requests, p50: swinging(39) }), "unclear"],
  ["the median swings, and p95 does not", metric({ requests, p50: swinging(80), p95: always(330) }), "yes"],
  [
    "quick requests mixed in: every twentieth is held",
    metric({ requests, p50: always(0.1), p95: always(300), p99: always(300) }),
    "yes",
  ],
  [
    "only one in a hundred is long: it may be a time-out",
    metric({ requests, p50: always(0.1), p95: always(2), p99: always(300) }),
    "unclear",
  ],
  ["only one in a hundred is long, and the log shows one path that is held", { ...few, ...log(300) }, "yes"],
  ["only one in a hundred is long, and the log shows no such path", { ...few, ...log(2) }, "unclear"],
  ["no percentile is long, and the log shows one path that is held", { ...constant(2), ...log(300) }, "yes"],
  ["10.5 s at all times, and the log shows no such path", { ...constant(10.5), ...log(2) }, "yes"],
  ["in 31 of 60 minutes", metric({ requests, p50: inMinutes(31) }), "yes"],
  ["in 29 of 60 minutes", metric({ requests, p50: inMinutes(29) }), "unclear"],
  ["no percentiles", metric({ requests }), "unknown"],
  ["no requests", metric({ requests: always(0), p50: always(300) }), "unknown"],
] satisfies readonly Row[];
