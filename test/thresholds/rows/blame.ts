import type { Episode } from "../../../src/model/facts.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../src/analysis/blame.ts");

const BURST: Episode = {
  id: 1,
  alarmAt: 240,
  okAt: 300,
  burst: { start: 120, end: 240 },
  breaching: 2,
  worst: 2,
  requests: 100,
  fewestRequests: 50,
};
/** A group with its latency outside the burst and in it, and the requests of one of its two minutes there. */
const group = (name: string, [outside, inside]: readonly [number, number], requests: number) => {
  const series = (values: number[]) => ({ start: 0, step: 60, values });
  const average = series([outside, outside, inside, inside]);
  return { arn: name, name, average, maximum: average, requests: series([100, 100, requests, requests]) };
};
const verdict =
  (...groups: ReturnType<typeof group>[]) =>
  (module: Module) =>
    module.blame(groups, [BURST], null).verdict;

const calm = group("calm", [0.1, 0.1], 500);
const slow = group("slow", [0.1, 1.1], 50);

export default {
  module: "src/analysis/blame.ts",
  rows: [
    ["61 % of the excess is one group's", verdict(group("a", [0.1, 1.1], 61), group("b", [0.1, 1.1], 39), calm), "one"],
    [
      "59 % of the excess is one group's",
      verdict(group("a", [0.1, 1.1], 59), group("b", [0.1, 1.1], 41), calm),
      "unclear",
    ],
    ["the other one takes 1.51 times as long: both rose", verdict(slow, group("b", [0.1, 0.151], 50)), "alike"],
    ["the other one takes 1.49 times as long: one rose", verdict(slow, group("b", [0.1, 0.149], 50)), "one"],
    [
      "a third one, with ten requests in the burst, did not rise",
      verdict(slow, { ...slow, arn: "b" }, group("few", [0.1, 0.1], 5)),
      "unclear",
    ],
    [
      "a third one has nine requests in the burst: nobody can say whether it rose",
      verdict(slow, { ...slow, arn: "b" }, group("few", [0.1, 0.1], 4.5)),
      "alike",
    ],
  ],
} satisfies Held<Module>;
