import { always, episodes, level, metric } from "../facts.ts";
import { pod, podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

const LONG = 300;
const spikes = (count: number) =>
  Array.from({ length: count }, (_, index) => [20 * index + 10, 20 * index + 14] as const);
const steady = metric({ requests: always(100, LONG) });
/** An old pod, and new ones that begin so many seconds after the window. */
const pods = (...begins: readonly number[]) => podCpu({ pods: [0, ...begins].map((seconds) => pod(0.5, seconds)) });
/** So many episodes, and a new pod a minute before the first so many of them. */
const warmed = (following: number, all: number) => ({
  ...pods(...spikes(following).map(([from]) => 60 * (from - 1))),
  ...episodes(spikes(all), {}, LONG),
  ...steady,
});
/** An episode at minute 30, and a pod that begins so many seconds before it. */
const before = (seconds: number) => ({ ...pods(1800 - seconds), ...episodes([[30, 40]]), ...steady });
/** An episode in the ninth minute, and a pod that begins so many seconds after the window. */
const early = (seconds: number) => ({ ...pods(seconds), ...episodes([[8, 12]]), ...steady });

export default [
  ["9.5 min after a new pod", before(570), "yes"],
  ["10.5 min after a new pod", before(630), "no"],
  ["the pod came after the episode began", before(-60), "no"],
  ["3 of 5 episodes", warmed(3, 5), "yes"],
  ["4 of 7 episodes", warmed(4, 7), "unclear"],
  ["3 of 14 episodes", warmed(3, 14), "unclear"],
  ["1 of 5 episodes", warmed(1, 5), "no"],
  ["a pod whose figures begin 190 s into the window is new", early(190), "yes"],
  ["a pod whose figures begin 170 s into the window may be old", early(170), "no"],
  ["no new pod", { ...pods(), ...episodes(), ...steady }, "no"],
  ["the load rose as well", { ...pods(1500), ...episodes(), ...metric({ requests: level(100, 200) }) }, "unclear"],
  ["the load is not known", { ...pods(1500), ...episodes() }, "unclear"],
  ["no episode", { ...pods(1500), ...episodes([]), ...steady }, "unknown"],
] satisfies readonly Row[];
