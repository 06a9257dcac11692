import type { LogRow, ReadLog } from "../../../src/model/logs.ts";
import { suspect, targetGroups } from "../groups.ts";
import { requestLog, row } from "../logs.ts";
import type { Row } from "../row.ts";

const QUIET = 0.1;
const SLOW = 1;

/** Of each target of an episode how many requests are slow, of how many. */
type Counts = readonly (readonly [slow: number, of: number])[];

/** Each target of an episode: so many of a hundred are slow. */
const ofHundred = (...slow: number[]): Counts => slow.map((one) => [one, 100]);
/** The same of fewer. */
const few = (of: number, ...slow: number[]): Counts => slow.map((one) => [one, of]);
const turned = (counts: Counts, by: number): Counts =>
  counts.map((_, at) => counts[(at + by) % counts.length] ?? [0, 0]);
/** The same shares in so many episodes, of another target each time. */
const taking = (episodes: number, counts: Counts) =>
  Array.from({ length: episodes }, (_, episode) => turned(counts, episode));

/** The log of these episodes, and of a quiet stretch in which every target answers at once. */
const log = (episodes: readonly Counts[], quiet = true, more: readonly LogRow[] = []) => {
  const taken = (slow: number, of: number) =>
    [
      [of - slow, QUIET],
      [slow, SLOW],
    ] as const;
  const rows = episodes.flatMap((targets, span) => [
    row(
      span,
      "all",
      [],
      targets.flatMap(([slow, of]) => taken(slow, of)),
    ),
    ...targets.map(([slow, of], target) => row(span, "target", [`10.0.0.${target}:80`], taken(slow, of))),
  ]);
  const last = episodes.length;
  const known = Math.max(...episodes.map((targets) => targets.length));
  const before = [
    row(last, "all", [], [[100 * known, QUIET]]),
    ...Array.from({ length: known }, (_, target) => row(last, "target", [`10.0.0.${target}:80`], [[100, QUIET]])),
  ];
  const spans: ReadLog["spans"] = [...episodes.map((_, episode) => episode), null].map((episode, at) => ({
    span: { start: 10_000 * at, end: 10_000 * at + 600 },
    episode,
  }));
  const { "request-log": read } = requestLog(...rows, ...(quiet ? before : []), ...more);
  return { ...suspect("shop"), ...targetGroups("ip"), "request-log": { ...read, spans } };
};

const clumps = ofHundred(60, 20, 30, 30, 30);
const even = ofHundred(30, 30, 30, 30, 30);
/** The last target has so many requests: of 20 fewer than five are expected to be slow. */
const withFew = (requests: number): Counts => [
  [5, 100],
  [60, 100],
  [25, 100],
  [5, 100],
  [5, requests],
];
const by = (algorithm: string) => ({ topology: { algorithm } as never });

/** Every request has the same path, of which nothing is slow in the quiet stretch. */
const onePath = (slow: number) => {
  const episodes = taking(3, ofHundred(slow, slow, slow, slow, slow));
  const paths = episodes.map((_, span) =>
    row(
      span,
      "path",
      ["GET", "/"],
      [
        [500 - 5 * slow, QUIET],
        [5 * slow, SLOW],
      ],
    ),
  );
  return log(episodes, true, [...paths, row(3, "path", ["GET", "/"], [[500, QUIET]])]);
};

export default [
  ["in each of three episodes another target is behind, beside a free one", log(taking(3, clumps)), "yes"],
  ["52 of 100 are slow at the one", log(taking(3, ofHundred(52, 10, 20, 20, 20))), "yes"],
  ["48 of 100 are slow at the one", log(taking(3, ofHundred(48, 10, 20, 20, 20))), "unclear"],
  ["24 of 100 are slow at the other", log(taking(3, ofHundred(80, 24, 40, 40, 40))), "yes"],
  ["26 of 100 are slow at the other", log(taking(3, ofHundred(80, 26, 40, 40, 40))), "unclear"],
  ["in 3 of 5 episodes", log([...taking(3, clumps), even, even]), "yes"],
  ["in 4 of 7 episodes", log([...taking(4, clumps), even, even, even]), "unclear"],
  ["3.05 times as unevenly as chance would", log(taking(3, few(57, 31, 13, 21, 21, 21))), "yes"],
  ["2.86 times as unevenly as chance would", log(taking(3, few(55, 30, 13, 20, 20, 20))), "unclear"],
  ["1.43 times as unevenly as chance would", log(taking(3, ofHundred(42, 26, 34, 34, 34))), "no"],
  ["1.52 times as unevenly as chance would", log(taking(3, ofHundred(42, 26, 36, 32, 34))), "unclear"],
  ["all alike", log(taking(3, even)), "no"],
  ["all alike, and 11 of 100 are slow", log(taking(3, ofHundred(11, 11, 11, 11, 11))), "no"],
  ["all alike, and 9 of 100 are slow", log(taking(3, ofHundred(9, 9, 9, 9, 9))), "unclear"],
  ["all alike, and 74 of 100 are slow", log(taking(3, ofHundred(74, 74, 74, 74, 74))), "no"],
  ["all alike, and 76 of 100 are slow", log(taking(3, ofHundred(76, 76, 76, 76, 76))), "unclear"],
  ["91 of 100 are slow for their path", onePath(91), "no"],
  ["89 of 100 are slow for their path", onePath(89), "unclear"],
  ["12 degrees of freedom", log([...taking(2, clumps), withFew(25)]), "yes"],
  ["in one episode a target has too few: 11 degrees of freedom", log([...taking(2, clumps), withFew(20)]), "unclear"],
  ["the same target each time", log([clumps, clumps, clumps]), "unclear"],
  ["two episodes only", log(taking(2, ofHundred(60, 20, 30, 30, 30, 30, 30))), "unclear"],
  ["it gets 1.46 times an even share", log(taking(3, [[99, 165], ...clumps.slice(1)])), "yes"],
  ["it gets 1.52 times an even share", log(taking(3, [[105, 175], ...clumps.slice(1)])), "unclear"],
  [
    "the load balancer counts requests in flight",
    { ...log(taking(3, clumps)), ...by("least_outstanding_requests") },
    "unclear",
  ],
  ["the load balancer takes turns", { ...log(taking(3, clumps)), ...by("round_robin") }, "yes"],
  ["no quiet stretch", log(taking(3, clumps), false), "unknown"],
  ["the targets are nodes", { ...log(taking(3, clumps)), ...targetGroups("instance") }, "unknown"],
  ["no target group stands out", { ...log(taking(3, clumps)), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
