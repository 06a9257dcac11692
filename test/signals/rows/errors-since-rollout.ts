import { always, at, episodes, level } from "../facts.ts";
import { group, responses, suspect } from "../groups.ts";
import { rollouts } from "../pods.ts";
import type { Row } from "../row.ts";

const MINUTES = 600;
/** So many errors of 1,000 requests a minute before a rollout in this minute, and since; one long episode after it. */
const since = (before: number, after: number, minute = 200, requests = 1000) => ({
  ...rollouts(minute),
  ...suspect("shop"),
  ...episodes([[minute + 5, MINUTES]], {}, MINUTES),
  ...responses([
    group("shop", {
      requests: always(requests, MINUTES),
      failed: level(before, after, [[minute, MINUTES]], MINUTES),
    }),
  ]),
});
/** Errors only in so many minutes after the rollout. */
const during = (minutes: number) => ({
  ...since(1, 1),
  ...responses([
    group("shop", {
      requests: always(1000, MINUTES),
      failed: level(1, 900, [[200, 200 + minutes]], MINUTES),
    }),
  ]),
});
/** Of seven episodes so many begin before it. */
const older = (count: number) => ({
  ...since(1, 90),
  ...episodes(
    Array.from({ length: 7 }, (_, index) =>
      index < count ? ([20 * index, 20 * index + 5] as const) : ([210 + 20 * index, 215 + 20 * index] as const),
    ),
    {},
    MINUTES,
  ),
});

/** An episode so many minutes after the rollout, with well minutes of such a load before it. */
const later = (minutes: number, requests = 1000) => ({
  ...since(0, 0),
  ...episodes([[200 + minutes, 600]], {}, MINUTES),
  ...responses([
    group("shop", {
      requests: level(
        requests,
        1000,
        [
          [0, 200],
          [200 + minutes, MINUTES],
        ],
        MINUTES,
      ),
      failed: level(0, 90, [[200 + minutes, MINUTES]], MINUTES),
    }),
  ]),
});
/** 65 minutes after it at the same load, in which so many fail where 20 did before it; then an episode. */
const usually = (between: number) => ({
  ...later(65),
  ...responses([
    group("shop", {
      requests: always(1000, MINUTES),
      failed: [...always(20, 200), ...always(between, 65), ...always(300, MINUTES - 265)],
    }),
  ]),
});
/** A rollout a day before the window, and an episode after so many of its minutes, in which so many requests fail. */
const longBefore = (minutes: number, failing = 0) => ({
  ...since(0, 0),
  ...rollouts(-1440),
  ...episodes([[minutes, MINUTES]], {}, MINUTES),
  ...responses([
    group("shop", {
      requests: always(1000, MINUTES),
      failed: level(failing, 90, [[minutes, MINUTES]], MINUTES),
    }),
  ]),
});
/** Two episodes after it, with so many well minutes in between. */
const again = (minutes: number) => ({
  ...since(0, 0),
  ...episodes(
    [
      [205, 300],
      [300 + minutes, MINUTES],
    ],
    {},
    MINUTES,
  ),
  ...responses([
    group("shop", {
      requests: always(1000, MINUTES),
      failed: level(
        0,
        90,
        [
          [200, 300],
          [300 + minutes, MINUTES],
        ],
        MINUTES,
      ),
    }),
  ]),
});

export default [
  ["55 well minutes after it at the same load", later(55), "yes"],
  ["65 well minutes after it at the same load", later(65), "no"],
  ["65 well minutes at 82 % of the load", later(65, 820), "no"],
  ["65 well minutes at 78 % of the load", later(65, 780), "yes"],
  ["65 minutes after it in which 1.4 times the usual share fails", usually(28), "no"],
  ["65 minutes after it in which 1.6 times the usual share fails", usually(32), "yes"],
  ["55 well minutes between two episodes", again(55), "yes"],
  ["65 well minutes between two episodes", again(65), "unclear"],
  ["3.2 times as many", since(10, 32), "yes"],
  ["2.8 times as many", since(10, 28), "unclear"],
  ["1.6 times as many", since(10, 16), "unclear"],
  ["1.4 times as many", since(10, 14), "no"],
  ["none before it", since(0, 5), "yes"],
  ["in the ten minutes after it, while pods are replaced", during(10), "no"],
  ["in the eleven minutes after it", during(11), "yes"],
  ["in the fifty minutes after it", during(50), "yes"],
  ["3 of 7 episodes are older", older(3), "yes"],
  ["4 of 7 episodes are older", older(4), "no"],
  ["it came 31 minutes into the window", since(1, 90, 31), "yes"],
  ["it came 29 minutes into the window", since(1, 90, 29), "unclear"],
  ["210 requests before it", since(0, 1, 210, 1), "yes"],
  ["190 requests before it", since(0, 1, 190, 1), "unclear"],
  ["it came a day before the window, which begins with 65 well minutes", longBefore(65), "no"],
  ["it came a day before the window, which begins with 55 well minutes", longBefore(55), "unclear"],
  ["it came a day before the window, in which one in a thousand always fails", longBefore(65, 1), "unclear"],
  [
    "3 of 4 requests before it failed, and half of a thousand in each of 65 minutes after it",
    {
      ...later(65),
      ...responses([
        group("shop", {
          requests: [...always(0, 199), 4, ...always(1000, MINUTES - 200)],
          failed: [...always(0, 199), 3, ...always(500, 65), ...always(900, MINUTES - 265)],
        }),
      ]),
    },
    "unclear",
  ],
  ["no rollout", { ...since(1, 90), ...rollouts() }, "unknown"],
  ["no target group stands out", { ...since(1, 90), ...suspect(null) }, "unknown"],
  ["no episode", { ...since(1, 90), ...episodes([]) }, "unknown"],
  [
    "an episode that began before the window",
    { ...since(1, 90), ...episodes([[205, 300]], { earlier: [{ at: at(10), from: "OK", to: "ALARM" }] }, MINUTES) },
    "yes",
  ],
] satisfies readonly Row[];
