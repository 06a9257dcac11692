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
/** New connections in the spikes where 100 are usual; in the first ones so many, in the others as usual. */
const made = (
  many: number,
  spikes = 7,
  usual: number | null = 100,
  all: readonly (typeof SPIKES)[number][] = SPIKES,
) => ({
  ...episodes(all),
  ...connectionLoad({
    made: level(usual, null, SPIKES).map((value, minute) =>
      value === null && usual !== null
        ? SPIKES.findIndex(([from, to]) => minute >= from && minute < to) < spikes
          ? many
          : 100
        : value,
    ),
  }),
});

export default [
  ["3.1 times the usual", made(310), "yes"],
  ["2.9 times", made(290), "unclear"],
  ["in three of five episodes", made(310, 3, 100, FIVE), "yes"],
  ["in four of seven", made(310, 4), "unclear"],
  ["1.55 times in one of them", made(155, 1), "unclear"],
  ["1.45 times", made(145), "no"],
  ["none are usual", made(310, 7, 0), "unknown"],
  ["the usual is not known", { ...episodes(SPIKES), ...connectionLoad({ made: level(null, 9, SPIKES) }) }, "unknown"],
  ["one episode is not known", { ...episodes(SPIKES), ...connectionLoad({ made: level(9, null, SPIKES) }) }, "unknown"],
  ["there is no episode", { ...made(310), ...episodes([]) }, "unknown"],
] satisfies readonly Row[];
