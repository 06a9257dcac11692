import { episodes, level, metric, tails } from "../facts.ts";
import { node } from "../pods.ts";
import type { Row } from "../row.ts";

const SPIKES = [
  [10, 15],
  [30, 35],
] as const;
type Waits = readonly (number | null)[];
/** A node with so many pods, and how long it waited in each spike and outside them. */
const host = (name: string, inEach: Waits, pods = 1, outside = 0.001) =>
  node({ name, pods, iowait: { inEach, outside } });
/** Nodes, and of each quantile how many times its usual value it has in the spikes. */
const of = (
  nodes: readonly ReturnType<typeof node>[],
  { p10 = 1, p50 = 1, p90 = 5, p95 = 5, p99 = 5 } = {},
  spikes: readonly (readonly [number, number])[] = SPIKES,
) => ({
  nodes,
  ...episodes(spikes),
  ...metric({
    p50: level(0.1, 0.1 * p50, spikes),
    p95: level(0.2, 0.2 * p95, spikes),
    p99: level(0.3, 0.3 * p99, spikes),
  }),
  ...tails({ p10: level(0.05, 0.05 * p10, spikes), p90: level(0.15, 0.15 * p90, spikes) }),
});
const others = (waits: number, count = 2) =>
  Array.from({ length: count }, (_, index) => host(`b${index}`, [waits, waits]));
const one = (waits: number, more = {}, neighbours = 0.01) =>
  of([host("a", [waits, waits]), ...others(neighbours)], more);

export default [
  ["one of three, and a third of the requests is slow", one(0.4), "yes"],
  ["it waits 11 % of its CPU time", one(0.11), "yes"],
  ["it waits 9 % of its CPU time", one(0.09), "no"],
  ["not in the second spike", of([host("a", [0.4, 0.05]), ...others(0.01)]), "no"],
  ["3.2 times as much as the others", one(0.4, {}, 0.125), "unclear"],
  ["3.2 times as much as the others, who wait less than a tenth", one(0.29, {}, 0.09), "yes"],
  ["2.8 times as much as the others", one(0.25, {}, 0.09), "unclear"],
  ["it waits as much at other times", of([host("a", [0.4, 0.4], 1, 0.2), ...others(0.01)]), "unclear"],
  ["the typical request is 1.4 times as slow", one(0.4, { p50: 1.4 }), "yes"],
  ["the typical request is 1.6 times as slow", one(0.4, { p50: 1.6 }), "unclear"],
  ["the slowest tenth takes 2.6 times as long", one(0.4, { p90: 2.6 }), "yes"],
  ["the slowest tenth takes 2.4 times as long", one(0.4, { p90: 2.4 }), "unclear"],
  [
    "one of two pods, and half of the requests are slow",
    of([host("a", [0.4, 0.4]), ...others(0, 1)], { p50: 5 }),
    "yes",
  ],
  [
    "9 of 17 pods are on it, and the typical request is slow",
    of([host("a", [0.4, 0.4], 9), ...others(0, 8)], { p50: 5 }),
    "unclear",
  ],
  // Of a share of 0.36 the typical request is one of theirs, with one of 0.35 it is not.
  [
    "9 of 25 pods are on it, and the typical request is slow",
    of([host("a", [0.4, 0.4], 9), ...others(0, 16)], { p50: 5 }),
    "yes",
  ],
  [
    "7 of 20 pods are on it, and the typical request is slow",
    of([host("a", [0.4, 0.4], 7), ...others(0, 13)], { p50: 5 }),
    "unclear",
  ],
  ["two of three pods are on it", of([host("a", [0.4, 0.4], 2), ...others(0, 1)], { p50: 5 }), "unclear"],
  // 0.95 and 0.99 lie above 1 - 0.6 / 7 = 0.914, 0.9 between that and 1 - 1.4 / 7 = 0.8.
  ["one of seven, by the slowest twentieth", of([host("a", [0.4, 0.4]), ...others(0, 6)], { p90: 1 }), "yes"],
  [
    "one of seven, whose slowest twentieth is as fast",
    of([host("a", [0.4, 0.4]), ...others(0, 6)], { p95: 1 }),
    "unclear",
  ],
  ["one of hundred: no quantile shows it", of([host("a", [0.4, 0.4]), ...others(0, 99)]), "unclear"],
  ["one episode", of([host("a", [0.4]), ...others(0)], {}, [[10, 15]]), "unknown"],
  ["a node's time is not known", of([host("a", [0.4, 0.4]), node({ name: "b", pods: 1 })]), "unknown"],
  ["a node's time in one spike is not known", of([host("a", [0.4, null]), ...others(0.01)]), "no"],
  ["a node without pods waits too", of([host("a", [0.4, 0.4]), ...others(0.01), host("c", [0.4, 0.4], 0)]), "yes"],
] satisfies readonly Row[];
