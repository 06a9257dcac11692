import { episodes, level } from "../facts.ts";
import { connectionLoad } from "../groups.ts";
import type { Row } from "../row.ts";

const SPIKES = [
  [10, 15],
  [20, 25],
  [30, 35],
  [40, 45],
  [50, 53],
  [54, 56],
  [57, 59],
] as const;
const FIVE = SPIKES.slice(0, 5);
/** Connections refused in so many of seven spikes, or of the first of them, and the capacity in use, percent. */
const refused = (spikes: number, capacity: number | null = null, all: readonly (typeof SPIKES)[number][] = SPIKES) => ({
  ...episodes(all),
  ...connectionLoad({
    rejected: level(null, 7, SPIKES.slice(0, spikes)),
    capacity: level(20, capacity, SPIKES),
  }),
});
const full = (spikes: number, most: number) => ({
  ...episodes(SPIKES),
  ...connectionLoad({ capacity: level(50, most, SPIKES.slice(0, spikes)) }),
});

export default [
  ["in three of five episodes", refused(3, null, FIVE), "yes"],
  ["in four of seven", refused(4), "unclear"],
  ["in none, and the capacity is not known", refused(0), "no"],
  ["in none, with 89 % of the capacity in use", refused(0, 89), "no"],
  ["in none, with 91 %", refused(0, 91), "unclear"],
  ["in none, at the end of its capacity in five", full(5, 100), "yes"],
  ["in none, at the end of its capacity in two", full(2, 100), "unclear"],
  ["in none, nearly at the end of its capacity", full(7, 99), "unclear"],
  ["there is no episode", { ...refused(3), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
