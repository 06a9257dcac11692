import { expect, test } from "vitest";
import { Counts, keyOf, Pairs, TOLD } from "../../../src/sources/access-logs/counts.ts";
import { REST } from "../../../src/sources/access-logs/questions.ts";

/** So that every order by a measure has many equals. */
const LINES = Array.from({ length: 4_000 }, (_, index) => ({
  key: `192.0.2.${(index * index) % 251}`,
  line: { failed: index % 7 === 0, made: index % 11 === 0, gaveUp: false, time: index % 13 },
}));

test("of many keys the largest by each measure are told, and all others as one", () => {
  const counts = new Counts();
  const all = new Map<string, { count: number; sum: number; bad: number }>();
  for (const { key, line } of LINES) {
    counts.add(counts.cell(0, "shop"), "client", key, line);
    const one = all.get(key) ?? { count: 0, sum: 0, bad: 0 };
    all.set(key, {
      count: one.count + 1,
      sum: one.sum + line.time,
      bad: one.bad + Number(line.failed) + Number(line.made),
    });
  }
  const most = (measure: "count" | "sum" | "bad") =>
    [...all]
      .filter(([, one]) => one[measure] > 0)
      .sort(([a, one], [b, other]) => other[measure] - one[measure] || (a < b ? -1 : 1))
      .slice(0, TOLD.client)
      .map(([key]) => key);
  const told = new Set([...most("count"), ...most("sum"), ...most("bad")]);
  const rows = counts.rows();
  expect(new Set(rows.map(({ key }) => key[0]))).toEqual(new Set([...told, REST]));
  expect(rows.slice(0, TOLD.client).map(({ key }) => key[0])).toEqual(most("count"));
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(LINES.length);
  expect(rows.flatMap(({ times }) => times).reduce((sum, count) => sum + count, 0)).toBe(LINES.length);
});

test("keys of two parts stay right when there are more than are remembered", () => {
  const pairs = new Pairs();
  for (let round = 0; round < 2; round += 1)
    for (let index = 0; index < 50_000; index += 1) {
      const [first, second] = [`a${index % 300}`, `b${index}`];
      if (pairs.keyOf(first, second) !== keyOf(first, second)) throw new Error(`${first} ${second}`);
    }
  expect(pairs.keyOf("a", "")).toBe(keyOf("a", ""));
});
