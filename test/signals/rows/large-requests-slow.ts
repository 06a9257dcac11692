import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { requestLog, row } from "../logs.ts";
import type { Row } from "../row.ts";

/** So many slow requests of a class of sizes, and of two others together. */
const log = (own: number, others: number, name = "up to 8 MB") => ({
  ...alarm(),
  ...suspect("shop"),
  ...requestLog(
    row(
      0,
      "all",
      [],
      [
        [own + others, 3],
        [1000, 0.05],
      ],
    ),
    row(0, "size", [name], [[own, 3]]),
    row(0, "size", ["up to 16 KB"], [[Math.ceil(others / 2), 3]]),
    row(0, "size", ["up to 2 KB"], [[Math.floor(others / 2), 3]]),
  ),
});

/** Slow uploads of two sizes among so many fast requests. */
const spread = (fast: number) => ({
  ...alarm(),
  ...suspect("shop"),
  ...requestLog(
    row(
      0,
      "all",
      [],
      [
        [100, 3],
        [fast, 0.05],
      ],
    ),
    row(0, "size", ["up to 1 MB"], [[50, 3]]),
    row(0, "size", ["more than 8 MB"], [[50, 3]]),
    row(0, "size", ["up to 2 KB"], [[fast, 0.05]]),
  ),
});

export default [
  ["uploads of several sizes", spread(1000), "yes"],
  ["they are just less than half of all requests", spread(102), "yes"],
  ["they are just more than half of all requests", spread(98), "unclear"],
  ["82 of 100 slow requests are uploads", log(82, 18), "yes"],
  ["78 of 100", log(78, 22), "unclear"],
  ["42 of 100", log(42, 58), "unclear"],
  ["38 of 100", log(38, 62), "no"],
  ["21 slow requests, all uploads", log(21, 0), "yes"],
  ["19 slow requests, all uploads", log(19, 0), "unknown"],
  ["the slow requests are small", log(82, 18, "up to 128 KB"), "no"],
  ["no target group stands out", { ...log(82, 18), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
