import { suspect } from "../groups.ts";
import { requestLog, row, type Taken } from "../logs.ts";
import type { Row } from "../row.ts";

/** Requests of one client and of all others in the episodes and in as long a quiet stretch. */
const log = (own: number, others: number, ownQuiet: number, othersQuiet: number) => {
  const fast = (requests: number): Taken => [[requests, 0.05]];
  return {
    ...suspect("shop"),
    ...requestLog(
      row(0, "all", [], fast(own + others)),
      row(0, "client", ["203.0.113.7"], fast(own)),
      row(0, "client", ["…"], fast(others)),
      row(2, "all", [], fast(ownQuiet + othersQuiet)),
      row(2, "client", ["203.0.113.7"], fast(ownQuiet)),
    ),
  };
};

export default [
  ["62 % of a surplus of 1000", log(630, 1380, 10, 1000), "yes"],
  ["58 % of a surplus of 1000", log(590, 1420, 10, 1000), "unclear"],
  ["32 % of a surplus of 1000", log(330, 1680, 10, 1000), "unclear"],
  ["28 % of a surplus of 1000", log(290, 1720, 10, 1000), "no"],
  ["one client makes it 1.55 times as many", log(550, 1000, 0, 1000), "yes"],
  ["one client makes it 1.45 times as many", log(450, 1000, 0, 1000), "unclear"],
  ["one client makes it 1.17 times as many", log(170, 1000, 0, 1000), "unclear"],
  ["one client makes it 1.13 times as many", log(130, 1000, 0, 1000), "no"],
  ["105 requests in quiet stretches", log(1000, 105, 0, 105), "yes"],
  ["95 requests in quiet stretches", log(1000, 95, 0, 95), "unknown"],
  ["the busiest client is as busy as ever", log(500, 1500, 500, 500), "no"],
  ["there is no quiet stretch", { ...suspect("shop"), ...requestLog(row(0, "all", [], [[100, 1]])) }, "unknown"],
  [
    "the log names no client",
    { ...suspect("shop"), ...requestLog(row(0, "all", [], [[1000, 1]]), row(2, "all", [], [[200, 1]])) },
    "unknown",
  ],
] satisfies readonly Row[];
