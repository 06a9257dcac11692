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

/**
 * Two hours, or so many minutes, of few requests a minute, the slowest of which is quick or takes one of these times in turn, every so many minutes
 * of the first ones; the percentiles swing with it.
 */
const sparse = (waits: readonly number[], every = 5, until = 120, count = 19, minutes = 120) => {
  const slowest = Array.from({ length: minutes }, (_, minute) =>
    minute < until && minute % every === 0 ? (waits[(minute / every) % waits.length] ?? null) : 0.1,
  );
  // The median of the p95 is long, as where half of the minutes hold a wait.
  const swings = Array.from({ length: minutes }, (_, minute) => (minute % 2 ? 0.1 : 100));
  return metric({
    requests: always(count, minutes),
    p50: always(0.1, minutes),
    p95: swings,
    p99: swings,
    maximum: slowest,
  });
};

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
  ["few requests, the slowest quick or 300 s, swinging by 24 %", sparse([264, 336]), "yes"],
  ["few requests, the slowest quick or 300 s, swinging by 26 %", sparse([261, 339]), "unclear"],
  ["few requests, the slowest quick or 10.5 s", sparse([10.5]), "yes"],
  ["few requests, the slowest quick or 9.5 s", sparse([9.5]), "unclear"],
  ["few requests, a wait in 7 of 8 quarters of an hour", sparse([300], 5, 101), "yes"],
  ["few requests, a wait in 6 of 8 quarters of an hour", sparse([300], 5, 88), "unclear"],
  ["six hours, and a wait every 18 minutes", sparse([300], 18, 360, 19, 360), "yes"],
  ["six hours, and a wait every 19 minutes", sparse([300], 19, 360, 19, 360), "unclear"],
  ["twenty requests a minute, whose p95 tells", sparse([300], 5, 120, 20), "unclear"],
  ["no percentiles", metric({ requests }), "unknown"],
  ["no requests", metric({ requests: always(0), p50: always(300) }), "unknown"],
] satisfies readonly Row[];
