import { alarm, episodes, level, series } from "../facts.ts";
import type { Row } from "../row.ts";

/** Errors in each minute of the spike, of so many requests, and outside it; the alarm's threshold is half an error. */
const errors = (
  count: number,
  requests = 1000,
  unit: "count" | "hosts" = "count",
  outside: (minute: number) => number | null = () => null,
) => {
  const perStep = series(level(requests, requests));
  return {
    ...alarm(),
    ...episodes(),
    judged: {
      values: series(level(null, count).map((value, minute) => value ?? outside(minute))),
      samples: null,
      unit: { kind: unit, scale: 1 },
      datapoints: 60,
      traffic: { metric: "RequestCount", counts: "requests", from: "clients", perStep },
      statistics: {},
      companions: [],
      onClockBecause: null,
    },
  };
};

export default [
  ["three of 1,000", errors(3), "yes"],
  ["more than three of 1,000", errors(3.2), "unclear"],
  ["three of 310", errors(3, 310), "yes"],
  ["three of 290", errors(3, 290), "unclear"],
  ["nine of 1,000", errors(9), "unclear"],
  ["ten of 10,000", errors(10, 10_000), "no"],
  ["1.9 times the usual 25", errors(47.5, 10_000, "count", () => 25), "unclear"],
  ["2.1 times the usual 25", errors(52.5, 10_000, "count", () => 25), "no"],
  ["3.7 standard deviations above the usual 9", errors(20, 10_000, "count", () => 9), "unclear"],
  ["4.3 standard deviations above the usual 9", errors(22, 10_000, "count", () => 9), "no"],
  [
    "twelve where ten are published now and then, which is not usual",
    errors(12, 10_000, "count", (minute) => (minute % 3 === 0 ? 10 : null)),
    "no",
  ],
  ["the alarm counts hosts", errors(1, 1000, "hosts"), "unknown"],
  ["no breach", errors(0), "unknown"],
] satisfies readonly Row[];
