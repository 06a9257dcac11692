import { alarm, alarmMetric } from "../facts.ts";
import type { Row } from "../row.ts";

/** Breaches in runs of these lengths, each followed by a quiet minute, within so many known datapoints. */
function runs(lengths: readonly number[], known: number, gaps = 0) {
  const minutes = lengths.flatMap((length) => [...new Array<number>(length).fill(1), 0.1]);
  const quiet = new Array<number>(known - minutes.length).fill(0.1);
  return { ...alarm(), ...alarmMetric({ judged: [...minutes, ...quiet, ...new Array<null>(gaps).fill(null)] }) };
}

const pairs = (count: number) => new Array<number>(count).fill(2);

export default [
  ["3.2 times as often as chance, in 80 % of the cases", runs([5, 5], 40), "yes"],
  ["2.9 times as often as chance", runs([5, 5], 36), "unclear"],
  ["2.9 times as often as chance: datapoints without a value do not count", runs([5, 5], 36, 30), "unclear"],
  ["in half of the cases, far above chance", runs(pairs(8), 200), "yes"],
  ["in 47 % of the cases, far above chance", runs([...pairs(8), 1], 200), "unclear"],
  ["1.7 times as often as chance", runs(pairs(8), 55), "no"],
  ["1.9 times as often as chance", runs(pairs(8), 62), "unclear"],
  ["no breach follows another", runs(new Array<number>(20).fill(1), 200), "no"],
  ["eight breaches", runs(pairs(4), 200), "yes"],
  ["seven breaches", runs([2, 2, 2, 1], 200), "unknown"],
] satisfies readonly Row[];
