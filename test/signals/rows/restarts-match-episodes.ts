import { at, episodes } from "../facts.ts";
import type { Row } from "../row.ts";

const STARTS = [10, 60, 110, 160, 210, 260, 310] as const;
/** The first so many episodes, ten minutes each. */
const many = (count: number) =>
  episodes(
    STARTS.slice(0, count).map((from) => [from, from + 10] as const),
    {},
    400,
  );
/** Restarts at these minutes, so many seconds later (or, negative, earlier). */
const restarts = (minutes: readonly number[], seconds = 0, reasons: readonly string[] = ["OOMKilled"]) => ({
  restarts: { restarts: minutes.map((minute) => ({ pod: "shop-1", at: at(minute) + seconds })), reasons },
});
const matching = (count: number) => STARTS.slice(0, count);
/** Restarts that no episode follows. */
const harmless = (count: number) => Array.from({ length: count }, (_, index) => 330 + index);

export default [
  ["in the minute after an episode of one minute", { ...episodes([[10, 11]], {}, 400), ...restarts([11, 11]) }, "yes"],
  ["280 s before the episode", { ...many(1), ...restarts([10, 10], -280) }, "yes"],
  ["320 s before the episode", { ...many(1), ...restarts([10, 10], -320) }, "no"],
  ["in the first minute of the episode", { ...many(1), ...restarts([10, 10], 50) }, "yes"],
  ["a single one, before the only episode", { ...many(1), ...restarts([10]) }, "unclear"],
  ["one before each of two episodes", { ...many(2), ...restarts(matching(2)) }, "yes"],
  ["in the middle of the episode: it may be what the trouble did", { ...many(1), ...restarts([10], 300) }, "no"],
  ["before 3 of 5 episodes", { ...many(5), ...restarts(matching(3)) }, "yes"],
  ["before 4 of 7 episodes", { ...many(7), ...restarts(matching(4)) }, "unclear"],
  ["two of four restarts have an episode", { ...many(1), ...restarts([10, 10, ...harmless(2)]) }, "yes"],
  [
    "10 of 21 restarts have an episode",
    { ...many(1), ...restarts([...new Array<number>(10).fill(10), ...harmless(11)]) },
    "unclear",
  ],
  ["no reason is known", { ...many(1), ...restarts([10, 10], 0, []) }, "yes"],
  ["no restart", { ...many(1), ...restarts([]) }, "no"],
  ["no episode", { ...many(0), ...restarts([10]) }, "unknown"],
] satisfies readonly Row[];
