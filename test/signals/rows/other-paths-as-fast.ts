import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { parted } from "../logs.ts";
import type { Row } from "../row.ts";

/** The other paths take so long in the episode and in the quiet stretch. */
const log = (seconds: number, quiet: number, inside = 1000, outside = 1000) => ({
  ...alarm(),
  ...suspect("shop"),
  ...parted("path", ["GET", "/reports"], [[[100, 3]], [[inside, seconds]]], [[[100, 3]], [[outside, quiet]]]),
});

export default [
  ["as fast as ever", log(0.05, 0.05), "yes"],
  ["1.4 times as slow", log(0.07, 0.05), "yes"],
  ["twice as slow", log(0.1, 0.05), "unclear"],
  ["2.8 times as slow", log(0.14, 0.05), "no"],
  ["42 requests in each", log(0.05, 0.05, 42, 42), "yes"],
  ["38 requests in the episodes", log(0.05, 0.05, 38, 1000), "unknown"],
  ["38 requests in quiet stretches", log(0.05, 0.05, 1000, 38), "unknown"],
  ["no target group stands out", { ...log(0.05, 0.05), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
