import { flows } from "../connections.ts";
import { always, at, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

/** Minutes of the spike's ten in which no target is healthy, and resets for 1000 new connections. */
const failing = (none: number | null, reset: number, begun = 1000) => ({
  ...episodes(),
  ...flows({ begun: always(begun), target: level(0, reset) }),
  ...(none !== null && {
    targetHealth: {
      healthy: {
        start: at(0),
        step: 60,
        values: level(2, 2).map((count, minute) => (minute >= 30 && minute < 30 + none ? 0 : count)),
      },
      unhealthy: { start: at(0), step: 60, values: [] },
    },
  }),
});

export default [
  ["no target is healthy in 6 of 10 minutes", failing(6, 0), "yes"],
  ["no target is healthy in 5 of 10 minutes", failing(5, 0), "unclear"],
  ["targets reset 81 %", failing(0, 810), "yes"],
  ["targets reset 79 %", failing(0, 790), "unclear"],
  ["targets reset 21 %", failing(0, 210), "unclear"],
  ["targets reset 19 %, and one is always healthy", failing(0, 190), "no"],
  ["targets reset 19 %, and the targets' health is not known", failing(null, 190), "unclear"],
  ["none is healthy, and no connection began", failing(10, 0, 0), "yes"],
  ["no connection began", failing(0, 0, 0), "unknown"],
] satisfies readonly Row[];
