import { alarm, alarmMetric, episodes, level } from "../facts.ts";
import type { Row } from "../row.ts";

const SPIKE = [30, 50] as const;
const QUIET = { requests: 100, average: 0.1, p50: 0.1 };

interface Spike {
  /** Of the twenty breaching datapoints, so many breach by their one slow request alone. */
  readonly alone: number;
  /** What the other four requests of such a datapoint take on average. */
  readonly others?: number;
  readonly quiet?: Partial<Record<keyof typeof QUIET, number | null>>;
}

/** Five requests a datapoint: one takes 5 s and the others are quick, or all take a second. */
function spike({ alone, others = 0.1, quiet = {} }: Spike) {
  const { requests, average, p50 } = { ...QUIET, ...quiet };
  const inside = (one: number, all: number) => (value: number | null, minute: number) =>
    minute < SPIKE[0] || minute >= SPIKE[1] ? value : minute - SPIKE[0] < alone ? one : all;
  return {
    ...alarm(),
    ...episodes([SPIKE]),
    ...alarmMetric({
      requests: level(requests, 5, [SPIKE]),
      p50: level(p50, p50, [SPIKE]),
      average: level(average, 0, [SPIKE]).map(inside((5 + 4 * others) / 5, 1)),
      maximum: level(0.2, 0, [SPIKE]).map(inside(5, 1.2)),
    }),
  };
}

/** Single requests of two seconds: one in each minute of the spike, or in one minute alone. */
const single = (minutes: number) => ({
  ...alarm(),
  ...episodes([[30, 30 + minutes]]),
  ...alarmMetric({
    requests: level(100, 1, [[30, 30 + minutes]]),
    p50: level(0.1, 0.1),
    average: level(0.1, 2, [[30, 30 + minutes]]),
    maximum: level(0.2, 2, [[30, 30 + minutes]]),
  }),
});

export default [
  ["in 65 % of the breaching datapoints", spike({ alone: 13 }), "yes"],
  ["in 55 % of the breaching datapoints", spike({ alone: 11 }), "unclear"],
  ["in 45 % of the breaching datapoints", spike({ alone: 9 }), "unclear"],
  ["in 35 % of the breaching datapoints", spike({ alone: 7 }), "no"],
  ["the others take 1.9 times their usual", spike({ alone: 20, others: 0.19 }), "yes"],
  ["the others take 2.1 times their usual", spike({ alone: 20, others: 0.21 }), "unclear"],
  ["the median is over the threshold all the time", spike({ alone: 20, quiet: { p50: 0.6 } }), "no"],
  ["the average of the whole window breaches", spike({ alone: 20, quiet: { requests: 1 } }), "no"],
  ["no median is known", spike({ alone: 20, quiet: { p50: null } }), "unknown"],
  ["nothing is known outside the episodes", spike({ alone: 20, quiet: { average: null, requests: null } }), "no"],
  ["one slow request a minute, ten minutes in a row", single(10), "no"],
  ["the only request of the only datapoint", single(1), "yes"],
  [
    "no maximum is known",
    { ...alarm(), ...episodes(), ...alarmMetric({ average: level(0.1, 1), requests: level(100, 5) }) },
    "unknown",
  ],
] satisfies readonly Row[];
