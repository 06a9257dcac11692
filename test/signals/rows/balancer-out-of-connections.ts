import { flows } from "../connections.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const SPIKES = [10, 20, 30, 40, 50].map((minute) => [minute, minute + 5] as const);
const met = (count: number, rejected = 0) => ({
  ...episodes(SPIKES),
  ...flows({ ports: level(0, 7, SPIKES.slice(0, count)), rejected: level(0, rejected, SPIKES) }),
});

export default [
  ["no port was free in 3 of 5 episodes", met(3), "yes"],
  ["in 2 of 5", met(2), "unclear"],
  ["nothing was dropped, and nothing rejected", met(0), "no"],
  ["nothing was dropped, and some rejected", met(0, 3), "unclear"],
  ["dropped connections were not counted", { ...episodes(), ...flows({ rejected: always(0) }) }, "unknown"],
  ["rejected ones were not counted", { ...episodes(), ...flows({ ports: always(0) }) }, "unknown"],
] satisfies readonly Row[];
