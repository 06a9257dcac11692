import type { AlarmFact } from "../../../src/model/facts.ts";
import type { MetricKind } from "../../../src/model/metric.ts";
import { alarm, episodes, judged } from "../facts.ts";
import type { Row } from "../row.ts";

/** The robust standard deviation of values that lie this far on both sides of the middle. */
const SIGMA = 1.4826;
const watching = (metric: string, more: Partial<AlarmFact> = {}) => ({
  alarm: { ...alarm().alarm, metric, statistic: "Sum", ...more },
});

const UNITS: { readonly [metric: string]: MetricKind } = { ConsumedLCUs: "number", Latency: "duration" };

/** Usual values around a middle, give or take a deviation; minutes of the second part breach. */
function traffic(
  {
    high,
    middle = 100,
    deviation = 20,
    threshold = middle + 2 * deviation,
    run = 1,
    breaching = 10,
    every = 4 * run,
    from = 40,
  }: {
    readonly high: number;
    readonly middle?: number;
    readonly deviation?: number;
    readonly threshold?: number;
    readonly run?: number;
    readonly breaching?: number;
    readonly every?: number;
    readonly from?: number;
  },
  metric = "NewConnectionCount",
) {
  const usual = (minute: number) => middle + deviation * ((minute % 3) - 1);
  const starts = Array.from({ length: Math.ceil(breaching / run) }, (_, index) => from + index * every);
  const spikes = starts.map((start) => [start, start + run] as const);
  const values = Array.from({ length: 120 }, (_, minute) =>
    spikes.some(([from, to]) => minute >= from && minute < to) ? high : usual(minute),
  );
  return {
    ...watching(metric, { threshold }),
    ...judged(values, UNITS[metric] ?? "connections"),
    ...episodes(spikes, {}, 120),
  };
}
/** So many runs of two minutes, and so many breaches alone, five minutes apart in a window that is long. */
function mixed(pairs: number, single: number, metric: string) {
  const spikes = Array.from({ length: pairs + single }, (_, index) => {
    const from = 20 + index * 10;
    return [from, from + (index < pairs ? 2 : 1)] as const;
  });
  const values = Array.from({ length: 400 }, (_, minute) =>
    spikes.some(([from, to]) => minute >= from && minute < to) ? 141 : 80 + 20 * (minute % 3),
  );
  return {
    ...watching(metric, { threshold: 140 }),
    ...judged(values, "connections"),
    ...episodes(spikes, {}, 400),
  };
}
/** Breaches of 141 now and then, where two of three other minutes have no datapoint. */
function sparse(statistic: string) {
  const spikes = Array.from({ length: 10 }, (_, index) => [40 + index * 4, 41 + index * 4] as const);
  const values = Array.from({ length: 120 }, (_, minute) => {
    if (spikes.some(([from]) => minute === from)) return 141;
    return minute % 3 === 0 ? 80 + 20 * (minute % 2) : null;
  });
  return {
    ...watching("ActiveConnectionCount", { threshold: 140, statistic }),
    ...judged(values, "connections"),
    ...episodes(spikes, {}, 120),
  };
}
const sigmas = (count: number) => traffic({ high: 100 + count * SIGMA * 20 });

export default [
  ["1.4 times the usual, now and then", traffic({ high: 141 }), "yes"],
  ["on a metric of what fails", traffic({ high: 141 }, "RejectedConnectionCount"), "unknown"],
  ["on client resets of a Network Load Balancer", traffic({ high: 141 }, "TCP_Client_Reset_Count"), "yes"],
  ["1.95 times the usual", traffic({ high: 195, deviation: 15.5 }), "yes"],
  ["2.05 times the usual", traffic({ high: 205, deviation: 17 }), "unclear"],
  ["4.9 standard deviations away", traffic({ high: 100 + 4.9 * SIGMA * 10, deviation: 10 }), "yes"],
  ["5.1 standard deviations away", traffic({ high: 100 + 5.1 * SIGMA * 10, deviation: 10 }), "unclear"],
  ["7.9 standard deviations away", traffic({ high: 100 + 7.9 * SIGMA * 10, deviation: 10 }), "unclear"],
  ["8.1 standard deviations away", traffic({ high: 100 + 8.1 * SIGMA * 10, deviation: 10 }), "no"],
  ["2.9 times the usual, 6.4 standard deviations away", sigmas(6.4), "unclear"],
  ["3.1 times the usual, 7.1 standard deviations away", sigmas(7.1), "no"],
  [
    "of a count that never moves, the deviation is that of chance: 4.9",
    traffic({ high: 149, deviation: 0, threshold: 120 }),
    "yes",
  ],
  [
    "3.9 deviations of chance above the usual nine, 2.3 times it",
    traffic({ high: 20.7, middle: 9, deviation: 0, threshold: 12 }),
    "yes",
  ],
  [
    "4.1 deviations of chance above the usual nine, 2.4 times it",
    traffic({ high: 21.3, middle: 9, deviation: 0, threshold: 12 }),
    "unclear",
  ],
  [
    "LCUs that never move have no chance in them",
    traffic({ high: 0.3, middle: 0.2, deviation: 0, threshold: 0.25 }, "ConsumedLCUs"),
    "no",
  ],
  ["... and 8.1", traffic({ high: 181, deviation: 0, threshold: 120 }), "no"],
  ["three where there is none usually", traffic({ high: 3, middle: 0, deviation: 0, threshold: 1 }), "yes"],
  ["five where there is none usually", traffic({ high: 5, middle: 0, deviation: 0, threshold: 1 }), "unclear"],
  ["nine where there is none usually", traffic({ high: 9, middle: 0, deviation: 0, threshold: 1 }), "no"],
  [
    "in runs of five minutes, in two quarters of the window",
    traffic({ high: 141, run: 5, breaching: 20, every: 10 }),
    "unclear",
  ],
  ["in runs of five minutes, in three quarters of it", traffic({ high: 141, run: 5, breaching: 20 }), "yes"],
  [
    "resets by clients in such runs",
    traffic({ high: 141, run: 5, breaching: 20 }, "TCP_Client_Reset_Count"),
    "unclear",
  ],
  [
    "a Classic Load Balancer's latency, now and then",
    traffic({ high: 0.141, middle: 0.1, deviation: 0.02 }, "Latency"),
    "yes",
  ],
  [
    "its latency that never moves has no chance in it",
    traffic({ high: 0.15, middle: 0.1, deviation: 0, threshold: 0.12 }, "Latency"),
    "no",
  ],
  [
    "client resets in runs of two minutes, 2.3 times as often as chance",
    traffic({ high: 141, run: 2, breaching: 26, every: 6, from: 20 }, "TCP_Client_Reset_Count"),
    "unclear",
  ],
  ["in runs of two minutes and alone, 24 % followed by another", mixed(6, 13, "TCP_Client_Reset_Count"), "yes"],
  ["in runs of two minutes and alone, 26 % followed by another", mixed(6, 11, "TCP_Client_Reset_Count"), "unclear"],
  ["seven breaches have no order", traffic({ high: 141, breaching: 7 }), "unclear"],
  ["seven, in three quarters of the window", traffic({ high: 141, breaching: 7, every: 12 }), "yes"],
  [
    "seven such resets by clients",
    traffic({ high: 141, breaching: 7, every: 12 }, "TCP_Client_Reset_Count"),
    "unclear",
  ],
  [
    "seven, in three quarters of the window, 5.1 standard deviations away",
    traffic({ high: 100 + 5.1 * SIGMA * 10, deviation: 10, breaching: 7, every: 12 }),
    "unclear",
  ],
  ["of a count that is mostly not published, none is usual", sparse("Sum"), "no"],
  ["of a gauge a missing datapoint is no zero", sparse("Maximum"), "yes"],
  [
    "less than the usual",
    { ...traffic({ high: 20 }), ...watching("NewConnectionCount", { threshold: 60, comparison: "LessThanThreshold" }) },
    "unknown",
  ],
  [
    "above a band",
    {
      ...traffic({ high: 141 }),
      ...watching("NewConnectionCount", { threshold: 140, band: { deviations: 2 } as never }),
    },
    "unknown",
  ],
  ["no breach", traffic({ high: 100 }), "unknown"],
  [
    "an expression over traffic",
    {
      ...traffic({ high: 141 }),
      ...watching("NewConnectionCount", { threshold: 140, expression: { text: "m1/2", queries: [] } as never }),
    },
    "unknown",
  ],
] satisfies readonly Row[];
