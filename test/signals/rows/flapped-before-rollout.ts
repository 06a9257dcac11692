import { alarmsAt, at, episodes } from "../facts.ts";
import { rollouts } from "../pods.ts";
import type { Row } from "../row.ts";

const DAY = 86_400;
/** A rollout ten minutes before the episode, and an alarm so many seconds before the rollout. */
const before = (seconds: number) => ({
  ...rollouts(20),
  ...episodes([[30, 40]], { earlier: alarmsAt(at(20) - seconds) }),
});

export default [
  ["an alarm 2.9 days before it", before(2.9 * DAY), "yes"],
  ["an alarm 3.1 days before it", before(3.1 * DAY), "no"],
  ["an alarm in the minute before it may be its own", before(30), "no"],
  ["no alarm before it", { ...rollouts(20), ...episodes() }, "no"],
  [
    "it went back to OK before it",
    { ...rollouts(20), ...episodes([[30, 40]], { earlier: [{ at: at(0) - DAY, from: "ALARM", to: "OK" }] }) },
    "no",
  ],
  [
    "an episode of the window before it, and one after",
    {
      ...rollouts(20),
      ...episodes([
        [5, 8],
        [30, 40],
      ]),
    },
    "yes",
  ],
  ["no episode follows it soon", { ...rollouts(50), ...episodes() }, "yes"],
  ["the history could not be read", { ...rollouts(20), ...episodes([[30, 40]], { historyFrom: null }) }, "unknown"],
  ["no rollout is known", { ...rollouts(), ...episodes() }, "unknown"],
] satisfies readonly Row[];
