import { flows } from "../connections.ts";
import { always, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const SPIKES = [3, 10, 17, 24, 31, 38, 45, 52].map((minute) => [minute, minute + 5] as const);
const met = (count: number, rejected = 0, of = 8) => ({
  ...episodes(SPIKES.slice(0, of)),
  ...flows({ ports: level(0, 7, SPIKES.slice(0, count)), rejected: level(0, rejected, SPIKES) }),
});

export default [
  ["no port was free in 5 of 8 episodes", met(5), "yes"],
  ["in 4 of 7", met(4, 0, 7), "unclear"],
  ["nothing was dropped, and nothing rejected", met(0), "no"],
  ["nothing was dropped, and some rejected", met(0, 3), "unclear"],
  ["dropped connections were not counted", { ...episodes(), ...flows({ rejected: always(0) }) }, "unknown"],
  ["rejected ones were not counted", { ...episodes(), ...flows({ ports: always(0) }) }, "unknown"],
] satisfies readonly Row[];
