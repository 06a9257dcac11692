import { always, episodes, level, metric } from "../facts.ts";
import { targetHealth } from "../groups.ts";
import { readiness } from "../pods.ts";
import type { Row } from "../row.ts";

const STARTS = Array.from({ length: 14 }, (_, index) => 20 + 40 * index);
const MINUTES = 600;
const SPIKES = (count: number) => STARTS.slice(0, count).map((start) => [start, start + 10] as const);

/** In the first so many spikes targets are out, from the given minute of the spike on, as many as listed. */
const out = (leaving: number, from: number, counts: readonly number[]) =>
  Array.from({ length: MINUTES }, (_, minute) => {
    const start = STARTS.slice(0, leaving).findLast((one) => minute >= one + from);
    return start === undefined ? 0 : (counts[minute - start - from] ?? 0);
  });

const slow = (spikes: number, factor = 5, late = 0) => ({
  ...metric({
    average: level(
      0.1,
      0.1 * factor,
      SPIKES(spikes).map(([from, to]) => [from + late, to] as const),
      MINUTES,
    ),
  }),
  ...episodes(SPIKES(spikes), {}, MINUTES),
});

/** One after another, and back when it is over. */
const CASCADE = [1, 2, 3, 3, 2, 1];
const READY = always(1, MINUTES);

/** All know, and the load balancer's checks see it. */
const seen = (
  spikes: number,
  leaving: number,
  from = 2,
  counts: readonly number[] = CASCADE,
  factor = 5,
  late = 0,
) => ({
  ...slow(spikes, factor, late),
  ...targetHealth(out(leaving, from, counts)),
  ...readiness(READY, READY, READY),
});

/** In so many spikes targets leave after it became slow, in so many in the same minute, in so many before it. */
const partly = (after: number, same: number, before = 0) => {
  const froms = [...always(2, after), ...always(0, same), ...always(-2, before)];
  const gone = Array.from({ length: MINUTES }, (_, minute) =>
    Math.max(0, ...STARTS.map((start, index) => CASCADE[minute - start - (froms[index] ?? MINUTES)] ?? 0)),
  );
  return { ...slow(froms.length), ...targetHealth(gone), ...readiness(READY, READY, READY) };
};

/** A pod that is not ready from one minute of the first spike to another. */
const unready = (from: number, to: number) =>
  READY.map((_, minute) => (minute >= 20 + from && minute < 20 + to ? 0 : 1));

/** No figure from one minute to another. */
const gap = (values: readonly (number | null)[], from: number, to: number) =>
  values.map((value, minute) => (minute >= from && minute < to ? null : value));

export default [
  ["one after another, two minutes after it became slow", seen(1, 1), "yes"],
  ["from the next minute on", seen(1, 1, 1), "yes"],
  ["from the same minute on", seen(1, 1, 0), "unclear"],
  ["before it became slow", seen(1, 1, -2), "unclear"],
  ["two are out at most", seen(1, 1, 2, [1, 2, 1]), "yes"],
  ["one is out at most", seen(1, 1, 2, [1, 1, 1]), "unclear"],
  ["7 of 9 leave at once", seen(1, 1, 2, [7, 3, 2]), "yes"],
  [
    "5 of 6 pods leave at once",
    { ...slow(1), ...readiness(READY, ...Array.from({ length: 5 }, () => unready(2, 8))) },
    "unclear",
  ],
  [
    "two of four pods leave at once, and the nodes stay",
    {
      ...slow(1),
      ...targetHealth(always(0, MINUTES)),
      ...readiness(unready(2, 8), unready(2, 8), unready(3, 8), unready(3, 8)),
    },
    "yes",
  ],
  ["back in the tenth minute after it", seen(1, 1, 2, [1, ...always(2, 16).map((one) => one ?? 0)]), "yes"],
  [
    "not back before the eleventh minute after it",
    seen(1, 1, 2, [1, ...always(2, 17).map((one) => one ?? 0)]),
    "unclear",
  ],
  ["in 2 of 4 episodes, in the others in the same minute", partly(2, 2), "yes"],
  ["in 2 of 5 episodes, in the others in the same minute", partly(2, 3), "unclear"],
  ["in 5 of 11 episodes, in the others in the same minute", partly(5, 6), "unclear"],
  ["in 2 of 6 episodes, in 2 of the others in the same minute, in 2 first", partly(2, 2, 2), "unclear"],
  ["in 3 of 5 episodes", seen(5, 3), "yes"],
  ["in 4 of 7 episodes", seen(7, 4), "unclear"],
  ["in 1 of 5 episodes", seen(5, 1), "no"],
  ["in 3 of 14 episodes", seen(14, 3), "unclear"],

  ["it is slow from 2.1 times the usual on", seen(1, 1, 2, CASCADE, 2.1), "yes"],
  ["1.9 times the usual is not slow", seen(1, 1, 2, CASCADE, 1.9), "unclear"],
  [
    "it became slow ten minutes before the first breach, and targets left a minute later",
    seen(1, 1, -9, [1, ...always(2, 12).map((one) => one ?? 0)], 5, -10),
    "yes",
  ],
  [
    "it became slow eleven minutes before, and targets left a minute later: which came first is not looked at",
    seen(1, 1, -10, [1, ...always(2, 12).map((one) => one ?? 0)], 5, -11),
    "unclear",
  ],
  ["no target leaves", seen(1, 0), "no"],
  ["no target leaves in the episodes", seen(1, 1, 25), "no"],
  [
    "pods stop being ready one after another, and the nodes stay healthy",
    { ...slow(1), ...targetHealth(always(0, MINUTES)), ...readiness(unready(2, 8), unready(3, 8), READY) },
    "yes",
  ],
  [
    "pods that start are not out",
    { ...slow(1), ...targetHealth(always(0, MINUTES)), ...readiness(READY, unready(-20, 8), unready(-20, 9)) },
    "no",
  ],
  [
    "pods are replaced amid the spike, two at a time: those that go do not come back",
    {
      ...slow(1),
      ...targetHealth(always(0, MINUTES)),
      ...readiness(
        gap(unready(3, 6), 26, MINUTES),
        gap(unready(4, 7), 27, MINUTES),
        gap(unready(5, 8), 28, MINUTES),
        READY,
      ),
    },
    "no",
  ],
  [
    "pods leave one after another and are still out at the window's end",
    {
      ...slow(1),
      ...targetHealth(always(0, MINUTES)),
      ...readiness(unready(2, MINUTES), unready(3, MINUTES), unready(4, MINUTES), READY),
    },
    "unclear",
  ],
  ["only the load balancer's checks are known, and see it", { ...slow(1), ...targetHealth(out(1, 2, CASCADE)) }, "yes"],
  [
    "only the load balancer's checks are known, and see nothing",
    { ...slow(1), ...targetHealth(always(0, MINUTES)) },
    "unknown",
  ],
  ["only the pods are known, and all stay", { ...slow(1), ...readiness(READY) }, "unknown"],
  [
    "the checks' counts have a gap where the spike is",
    { ...slow(1), ...targetHealth(gap(always(0, MINUTES), 20, 30)), ...readiness(READY) },
    "unknown",
  ],
  [
    "targets leave after it became slow, and the counts end with the spike: whether they came back is not known",
    {
      ...slow(1),
      ...targetHealth(gap(out(1, 2, [1, ...always(2, 17).map((one) => one ?? 0)]), 30, 60)),
      ...readiness(READY, READY, READY),
    },
    "unclear",
  ],
  ["neither is known", slow(1), "unknown"],
  ["no episode", { ...seen(0, 0) }, "unknown"],
] satisfies readonly Row[];
