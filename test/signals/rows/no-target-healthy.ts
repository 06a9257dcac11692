import { episodes } from "../facts.ts";
import type { Row } from "../row.ts";

/** Healthy targets in the ten minutes of the spike. */
const healthy = (...counts: readonly (number | null)[]) => ({
  ...episodes(),
  targetHealth: {
    healthy: { start: episodes().episodes.window.start + 30 * 60, step: 60, values: counts },
    unhealthy: { start: 0, step: 60, values: [] },
  },
});

export default [
  ["none in 6 of 10 minutes", healthy(0, 0, 0, 0, 0, 0, 1, 2, 3, 3), "yes"],
  ["none in 11 of 19 minutes' worth: 5 of 9", healthy(0, 0, 0, 0, 0, 1, 1, 2, 3), "unclear"],
  ["none in one minute", healthy(2, 2, 0, 2), "unclear"],
  ["one or two in each", healthy(1, 2, 1), "no"],
  ["no count is published", healthy(null, null), "unknown"],
] satisfies readonly Row[];
