import { expect, test } from "vitest";
import { spansToRead } from "../../playbooks/evidence/access-logs/spans.ts";
import { at, episodes } from "../signals/facts.ts";

const minutes = (fact: ReturnType<typeof episodes>["episodes"]) =>
  spansToRead(fact).map(({ span, episode }) => [(span.start - at(0)) / 60, (span.end - at(0)) / 60, episode]);

test("beside each episode as long a quiet stretch before it is read, apart from all of them", () => {
  const { episodes: fact } = episodes(
    [
      [30, 40],
      [60, 64],
    ],
    {},
    120,
  );
  expect(minutes(fact)).toEqual([
    [15, 25, null],
    [30, 40, 1],
    [51, 55, null],
    [60, 64, 2],
  ]);
});

test("of a long episode the first quarter of an hour is read, and of many the newest six", () => {
  const { episodes: long } = episodes([[40, 100]], {}, 120);
  expect(minutes(long)).toEqual([
    [20, 35, null],
    [40, 55, 1],
  ]);
  const many = Array.from({ length: 8 }, (_, index) => [20 + 30 * index, 22 + 30 * index] as const);
  expect(spansToRead(episodes(many, {}, 300).episodes).flatMap(({ episode }) => episode ?? [])).toEqual([
    3, 4, 5, 6, 7, 8,
  ]);
});

test("an episode from the first minute on has no quiet stretch before it", () => {
  expect(minutes(episodes([[0, 10]]).episodes)).toEqual([[0, 10, 1]]);
});
