import { alarm } from "../facts.ts";
import { suspect } from "../groups.ts";
import { parted } from "../logs.ts";
import type { Row } from "../row.ts";

/** Reports take so long in the episode, and so many of them so long in the quiet stretch. */
const log = (seconds: number, quiet: number, requests = 100) => ({
  ...alarm(),
  ...suspect("shop"),
  ...parted("path", ["GET", "/reports"], [[[100, seconds]], [[1000, 0.05]]], [[[requests, quiet]], [[1000, 0.05]]]),
});

// Half octaves: the next bucket but one is twice as slow, the next 1.4 times, the third 2.8 times.
export default [
  ["as slow in quiet stretches", log(2.2, 2.2), "yes"],
  ["1.4 times as slow as in quiet stretches", log(3.2, 2.2), "yes"],
  ["twice as slow as in quiet stretches", log(4.4, 2.2), "unclear"],
  ["2.8 times as slow as in quiet stretches", log(6.4, 2.2), "no"],
  ["below the threshold in quiet stretches", log(0.6, 0.45), "unclear"],
  ["10 requests in quiet stretches", log(2.2, 2.2, 10), "yes"],
  ["9 requests in quiet stretches", log(2.2, 2.2, 9), "unknown"],
  ["no target group stands out", { ...log(2.2, 2.2), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
