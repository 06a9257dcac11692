import { alarm, alarmMetric, episodes } from "../facts.ts";
import type { Row } from "../row.ts";

/** The robust standard deviation of values that lie this far on both sides of the middle. */
const SIGMA = 1.4826;

/** Usual values around 0.4 s, give or take a deviation, then breaches that all reach the same. */
function breaches(high: number, deviation: number, usual = 30, breaching = 10, middle = 0.4) {
  const values = [
    ...Array.from({ length: usual }, (_, minute) => middle + deviation * ((minute % 3) - 1)),
    ...new Array<number>(breaching).fill(high),
  ];
  const all = usual + breaching;
  return { ...alarm(), ...alarmMetric({ judged: values }), ...episodes([[usual, all]], {}, all) };
}
const multiple = (factor: number) => breaches(0.4 * factor, 0.09);
const sigmas = (count: number) => breaches(0.4 + count * SIGMA * 0.03, 0.03);
/** So many usual values, and breaches up to so many values in all. */
const outside = (usual: number, all: number) => breaches(0.6, 0.09, usual, all - usual);

export default [
  ["1.95 times the usual", multiple(1.95), "yes"],
  ["2.05 times the usual", multiple(2.05), "unclear"],
  ["2.95 times the usual", multiple(2.95), "unclear"],
  ["3.05 times the usual", multiple(3.05), "no"],
  ["4.9 standard deviations away", sigmas(4.9), "yes"],
  ["5.1 standard deviations away", sigmas(5.1), "unclear"],
  ["7.9 standard deviations away", sigmas(7.9), "unclear"],
  ["8.1 standard deviations away", sigmas(8.1), "no"],
  ["the usual value never moves", breaches(0.6, 0), "no"],
  ["the usual value is nothing", breaches(0.6, 0.09, 30, 10, 0), "no"],
  ["ten datapoints outside the episodes", outside(10, 20), "yes"],
  ["nine datapoints outside the episodes", outside(9, 20), "unknown"],
  ["9.9 % of the datapoints outside the episodes", outside(9, 91), "no"],
  ["10.6 % of the datapoints outside the episodes", outside(9, 85), "unknown"],
  ["over the threshold at all times", outside(0, 60), "no"],
  ["no breach", breaches(0.45, 0.03), "unknown"],
] satisfies readonly Row[];
