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

interface Load {
  /** Minutes from which to which more requests arrive, and how many at these edges; 200 in the episode. */
  readonly from: number;
  readonly to: number;
  readonly beside?: number;
  /** Seconds that requests take in the minutes of more load beside the episode. */
  readonly took?: number;
}
/** A pod that begins at minute 40, an episode from minute 41 to 51, and load that rose before and falls after. */
const loaded = ({ from, to, beside = 200, took = 0.1 }: Load) => ({
  ...pods(2400),
  ...episodes([[41, 51]], {}, 120),
  ...metric({
    requests: Array.from({ length: 120 }, (_, minute) =>
      minute >= 41 && minute < 51 ? 200 : minute >= from && minute < to ? beside : 100,
    ),
    average: Array.from({ length: 120 }, (_, minute) =>
      minute >= 41 && minute < 51 ? 1 : minute >= from && minute < to ? took : 0.1,
    ),
  }),
});

export default [
  ["the load was borne for a minute before it, and for three after it", loaded({ from: 40, to: 54 }), "yes"],
  ["it was not borne before it", loaded({ from: 41, to: 54 }), "unclear"],
  ["it lasts two minutes after it", loaded({ from: 40, to: 53 }), "unclear"],
  ["91 % of the load was borne", loaded({ from: 40, to: 54, beside: 183 }), "yes"],
  ["89 % of the load was borne", loaded({ from: 40, to: 54, beside: 177 }), "unclear"],
  ["the load was borne at 1.4 times the usual time", loaded({ from: 40, to: 54, took: 0.14 }), "yes"],
  ["the load was borne at 1.6 times the usual time", loaded({ from: 40, to: 54, took: 0.16 }), "unclear"],
  ["such load came 19 minutes before and after it", { ...loaded({ from: 0, to: 0 }), ...far(19) }, "yes"],
  ["such load came 21 minutes before and after it", { ...loaded({ from: 0, to: 0 }), ...far(21) }, "unclear"],
  ["the answers stall at 73 of 100 usual ones, and come after it", stalled(73), "yes"],
  ["the answers fall to 77 of 100 usual ones, and rise after it", stalled(77), "unclear"],

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

/**
 * Ten minutes of trouble in which few requests are answered in the first three, so many in each, and 150 in each after them;
 * 130 a minute come before and after it, and 100 at other times.
 */
function stalled(few: number) {
  return {
    ...loaded({ from: 0, to: 0 }),
    ...metric({
      requests: Array.from({ length: 120 }, (_, minute) => {
        if (minute >= 41 && minute < 51) return minute < 44 ? few : 150;
        return minute >= 38 && minute < 55 ? 130 : 100;
      }),
      average: level(0.1, 1, [[41, 51]], 120),
    }),
  };
}

/** Load that was borne for three minutes, so long before the episode from minute 41 to 51, and as long after it. */
function far(minutes: number) {
  const near = [41 - minutes, 51 + minutes - 3] as const;
  return metric({
    requests: Array.from({ length: 120 }, (_, minute) =>
      (minute >= 41 && minute < 51) || near.some((from) => minute >= from && minute < from + 3) ? 200 : 100,
    ),
    average: level(0.1, 1, [[41, 51]], 120),
  });
}
