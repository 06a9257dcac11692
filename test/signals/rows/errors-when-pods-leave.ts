import { always, at, episodes } from "../facts.ts";
import { readiness } from "../pods.ts";
import type { Row } from "../row.ts";

const MINUTES = 400;
const STARTS = [50, 100, 150, 200, 250, 300, 350] as const;
const many = (count: number) =>
  episodes(
    STARTS.slice(0, count).map((from) => [from, from + 5] as const),
    {},
    MINUTES,
  );
const there = always(1, MINUTES);
/** A pod that is there until so many seconds after a minute, and one that stays. */
const gone = (...times: readonly (readonly [minute: number, seconds: number])[]) => ({
  workload: { pods: [{ name: "shop-1" }, { name: "still-there" }] },
  readiness: [
    ...readiness(there).readiness,
    ...times.map(([minute, seconds], index) => ({
      pod: `gone-${index + 1}`,
      created: null,
      firstReady: at(minute - 9) + seconds,
      ready: { start: at(minute - 10) + seconds, step: 60, values: always(1, 10) },
    })),
  ],
});
const ended = gone([49, 0]);
const stillListed = {
  ...ended,
  readiness: ended.readiness.map((one) => ({ ...one, pod: one.pod.replace(/^gone-1$/, "still-there") })),
};
const leaving = (...minutes: readonly number[]) => gone(...minutes.map((minute) => [minute, 0] as const));
const before = (count: number) => STARTS.slice(0, count).map((start) => start - 1);
/** The last episode of the window, and the window's end. */
const last = episodes([[392, 399]], {}, MINUTES);

/** When pods were ready is not known, and rollouts began so many seconds after these minutes. */
const rolledOut = (...times: readonly (readonly [minute: number, seconds: number])[]) => ({
  ...gone(),
  readiness: undefined,
  rollouts: times.map(([minute, seconds]) => ({
    at: at(minute) + seconds,
    replicaSet: "shop-1",
    revision: 1,
    image: null,
    version: null,
  })),
});
const rollouts = (...minutes: readonly number[]) => rolledOut(...minutes.map((minute) => [minute, 0] as const));
/** Ten episodes, and nineteen. */
const TEN = [...STARTS, 365, 380, 390] as const;
const NINETEEN = Array.from({ length: 19 }, (_, index) => 20 * (index + 1));
const often = (starts: readonly number[]) =>
  episodes(
    starts.map((from) => [from, from + 5] as const),
    {},
    MINUTES,
  );

export default [
  ["a pod leaves 170 s before", { ...many(1), ...gone([50, -170]) }, "yes"],
  ["a pod leaves 190 s before", { ...many(1), ...gone([50, -190]) }, "no"],
  ["in the episode", { ...many(1), ...leaving(53) }, "yes"],
  ["two minutes after it", { ...many(1), ...leaving(57) }, "no"],
  ["in 3 of 5 episodes", { ...many(5), ...leaving(...before(3)) }, "yes"],
  ["in 4 of 7 episodes", { ...many(7), ...leaving(...before(4)) }, "unclear"],
  ["in 1 of 10 episodes", { ...often(TEN), ...leaving(49) }, "no"],
  ["in 2 of 19", { ...often(NINETEEN), ...leaving(19, 39) }, "unclear"],
  ["two rollouts, 590 s before", { ...many(2), ...rolledOut([50, -590], [100, -590]) }, "yes"],
  ["two rollouts, one of them 640 s before", { ...many(2), ...rolledOut([50, -590], [100, -640]) }, "unknown"],
  ["one rollout, where it may be chance", { ...many(1), ...rollouts(49) }, "unknown"],
  ["rollouts in 3 of 5 episodes", { ...many(5), ...rollouts(...before(3)) }, "yes"],
  ["rollouts in 4 of 7 episodes", { ...many(7), ...rollouts(...before(4)) }, "unknown"],
  ["one of two rollouts has an episode", { ...many(2), ...rollouts(...before(2), 70, 120) }, "yes"],
  ["5 of 11 rollouts have one", { ...many(5), ...rollouts(...before(5), 65, 80, 120, 130, 170, 180) }, "unknown"],
  ["rollouts at no episode: it may be a scale-in", { ...many(2), ...rollouts(70, 120) }, "unknown"],
  ["neither rollouts nor readiness is known", { ...many(2), ...gone(), readiness: undefined }, "unknown"],
  ["one of two times has an episode", { ...many(1), ...leaving(49, 120) }, "yes"],
  ["5 of 11 times have one", { ...many(5), ...leaving(...before(5), 70, 80, 120, 130, 170, 180) }, "unclear"],
  ["pods that leave 290 s apart leave at one time", { ...many(1), ...gone([53, 0], [53, 290], [220, 0]) }, "yes"],
  ["pods that leave 310 s apart leave at two", { ...many(1), ...gone([53, 0], [53, 310], [220, 0]) }, "unclear"],
  ["its series ends, and it is still listed", { ...many(1), ...stillListed }, "no"],
  ["no pod left", { ...many(1), ...gone() }, "no"],
  ["its last minute ends 170 s before the window", { ...last, ...gone([MINUTES, -170]) }, "no"],
  ["its last minute ends 190 s before the window", { ...last, ...gone([MINUTES, -190]) }, "yes"],
  ["no episode", { ...episodes([]), ...leaving(49) }, "unknown"],
] satisfies readonly Row[];
