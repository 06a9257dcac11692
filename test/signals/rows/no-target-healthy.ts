import { at, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

/** Healthy targets in the minutes of the spike, two outside it; the window ends so many seconds after the spike. */
const healthy = (counts: readonly (number | null)[], after = 1200) => {
  const values = level(2, null).map((value, minute) =>
    minute >= 30 && minute < 40 ? (counts[minute - 30] ?? null) : value,
  );
  const window = { start: at(0), end: at(30 + counts.length) + after };
  const unhealthy = { start: at(0), step: 60, values: [] };
  return {
    ...episodes([[30, 30 + counts.length]], { window }),
    targetHealth: { healthy: { start: at(0), step: 60, values }, unhealthy },
  };
};
const unpublished = healthy([0]);

export default [
  ["none in 6 of 10 minutes", healthy([0, 0, 0, 0, 0, 0, 1, 2, 3, 3]), "yes"],
  ["none in 5 of 9 minutes", healthy([0, 0, 0, 0, 0, 1, 1, 2, 3]), "unclear"],
  ["none in one minute", healthy([2, 2, 0, 2]), "unclear"],
  ["one or two in each", healthy([1, 2, 1]), "no"],
  ["no count where there is one at other times: none is registered", healthy([null, null, null]), "yes"],
  ["no count in the minute that began 190 s before the window's end", healthy([null], 130), "yes"],
  ["no count in the minute that began 170 s before it", healthy([null], 110), "unknown"],
  [
    "no count is published at all",
    { ...unpublished, targetHealth: { ...unpublished.targetHealth, healthy: { start: at(0), step: 60, values: [] } } },
    "unknown",
  ],
] satisfies readonly Row[];
