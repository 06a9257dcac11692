import { demand } from "../pods.ts";
import type { Row } from "../row.ts";

/** So many episodes above the four workers, and so many below. */
const above = (over: number, under: number) =>
  demand([...new Array(over).fill({ outstanding: 4.2 }), ...new Array(under).fill({ outstanding: 3.8 })]);

export default [
  ["above in the only episode", above(1, 0), "yes"],
  ["above in one of two episodes", above(1, 1), "yes"],
  ["above in 10 of 21 episodes", above(10, 11), "unclear"],
  ["above in none", above(0, 2), "no"],
  ["above in none, of a part of the requests", demand([{ outstanding: 3.8 }], { part: true }), "unclear"],
  ["as many as the threads, more than the workers", demand([{ outstanding: 4.2 }], { ceiling: 16 }), "unclear"],
  ["fewer than the workers, each of four threads", demand([{ outstanding: 3.8 }], { ceiling: 16 }), "no"],
  ["the workers are not known", demand([{ outstanding: 9 }], { ceiling: null }), "unknown"],
  ["no episode has figures", demand(), "unknown"],
] satisfies readonly Row[];
