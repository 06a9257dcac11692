import { alarm } from "../facts.ts";
import { suspect, targetGroups } from "../groups.ts";
import { requestLog, row } from "../logs.ts";
import type { Row } from "../row.ts";

const known = { ...alarm(), ...suspect("shop"), ...targetGroups("ip") };
const errors = { alarm: { ...alarm().alarm, metric: "HTTPCode_Target_5XX_Count" } };

/** An episode in which one target of five takes so long for each request, and the others 0.1 s. */
const slow = (episode: number, seconds: number, requests = 100, target = "a") => [
  row(episode, "target", [target], [[requests, seconds]]),
  row(episode, "target-path", [target, "GET", "/"], [[requests, seconds]]),
  ...["c", "d", "e", "f"].flatMap((other) => [
    row(episode, "target", [other], [[100, 0.1]]),
    row(episode, "target-path", [other, "GET", "/"], [[100, 0.1]]),
  ]),
];
/** An episode in which one target of five has so many of the errors. */
const failing = (episode: number, own: number, others: number, target = "a") => [
  row(episode, "target", [target], [[100, 0.1]], { failed: own }),
  ...["c", "d", "e", "f"].map((other, index) =>
    row(episode, "target", [other], [[100, 0.1]], { failed: Math.floor((others + index) / 4) }),
  ),
];
const of = (...rows: ReturnType<typeof slow>) => ({ ...known, ...requestLog(...rows) });

export default [
  ["the same target takes 2.6 times as long in both episodes", of(...slow(0, 0.26), ...slow(1, 0.26)), "yes"],
  ["2.4 times as long in one of them", of(...slow(0, 0.26), ...slow(1, 0.24)), "unclear"],
  ["1.6 times as long", of(...slow(0, 0.16), ...slow(1, 0.16)), "unclear"],
  ["1.4 times as long", of(...slow(0, 0.14), ...slow(1, 0.14)), "no"],
  ["another target each time", of(...slow(0, 0.3), ...slow(1, 0.3, 100, "b")), "no"],
  ["another target each time, and not clearly", of(...slow(0, 0.2), ...slow(1, 0.2, 100, "b")), "unclear"],
  ["only one episode", of(...slow(0, 0.3)), "unknown"],
  ["21 requests of it in each", of(...slow(0, 0.3, 21), ...slow(1, 0.3, 21)), "yes"],
  ["18 requests of it in each", of(...slow(0, 0.3, 18), ...slow(1, 0.3, 18)), "unknown"],
  // 165 of 565 are 1.46 times an even share, 175 of 575 are 1.52 times.
  ["1.46 times as many requests as an even share", of(...slow(0, 0.3, 165), ...slow(1, 0.3, 165)), "yes"],
  ["1.52 times as many requests as an even share", of(...slow(0, 0.3, 175), ...slow(1, 0.3, 175)), "unclear"],
  [
    "it serves a path that no other target serves",
    of(
      ...[0, 1].flatMap((episode) => [
        row(episode, "target", ["a"], [[100, 3]]),
        row(episode, "target-path", ["a", "GET", "/export"], [[100, 3]]),
        row(episode, "target", ["c"], [[100, 0.1]]),
        row(episode, "target-path", ["c", "GET", "/"], [[100, 0.1]]),
      ]),
    ),
    "unknown",
  ],
  ["82 % of the errors in each", { ...of(...failing(0, 82, 18), ...failing(1, 82, 18)), ...errors }, "yes"],
  ["78 % of the errors in one", { ...of(...failing(0, 82, 18), ...failing(1, 78, 22)), ...errors }, "unclear"],
  ["52 % of the errors", { ...of(...failing(0, 52, 48), ...failing(1, 52, 48)), ...errors }, "unclear"],
  ["48 % of the errors", { ...of(...failing(0, 48, 52), ...failing(1, 48, 52)), ...errors }, "no"],
  ["18 errors in each", { ...of(...failing(0, 18, 0), ...failing(1, 18, 0)), ...errors }, "unknown"],
  ["the targets are nodes", { ...of(...slow(0, 0.3), ...slow(1, 0.3)), ...targetGroups("instance") }, "unknown"],
  ["no target group stands out", { ...of(...slow(0, 0.3), ...slow(1, 0.3)), ...suspect(null) }, "unknown"],
] satisfies readonly Row[];
