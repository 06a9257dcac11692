import { describe, expect, it } from "vitest";
import { changePoints } from "../../src/analysis/change-points.ts";

const START = 1_782_460_800;
/** The same noise in every run, between 0 and 1. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
const of = (values: readonly (number | null)[]) =>
  changePoints({ start: START, step: 60, values })?.map((at) => (at - START) / 60);
const values = (count: number, value: (index: number, random: () => number) => number, seed = 1) => {
  const random = noise(seed);
  return Array.from({ length: count }, (_, index) => value(index, random));
};

describe("changePoints", () => {
  it("finds where a level rises, to within a few values", () => {
    const [point, ...more] = of(values(300, (index, random) => (index < 180 ? 1 : 1.5) + random())) ?? [];
    expect(more).toEqual([]);
    expect(Math.abs((point ?? 0) - 180)).toBeLessThanOrEqual(5);
  });

  it("finds a change of the tail alone: the middle stays what it was", () => {
    const flapping = values(400, (index, random) => (index >= 200 && random() < 0.3 ? 5 : 1) + random());
    const points = of(flapping) ?? [];
    expect(points.some((point) => Math.abs(point - 200) <= 10)).toBe(true);
  });

  it("finds none in noise, none in a constant, and none in a slow metric's usual spread", () => {
    for (let seed = 1; seed <= 20; seed += 1) expect(of(values(300, (_, random) => random(), seed))).toEqual([]);
    expect(of(values(300, () => 1))).toEqual([]);
  });

  it("does not take a single spike for a change", () => {
    expect(of(values(200, (index, random) => (index === 100 ? 50 : random())))).toEqual([]);
  });

  it("says that too few values are none to ask", () => {
    expect(of(values(19, () => 1))).toBeUndefined();
    expect(of(values(20, () => 1))).toEqual([]);
  });

  it("passes over what is not there, and gives the same points of days of minutes in a moment", () => {
    const gaps = values(400, (index) => (index < 200 ? 1 : 2)).map((value, index) => (index % 3 === 0 ? null : value));
    expect(of(gaps)?.map((point) => Math.abs(point - 200) <= 3)).toEqual([true]);
    const long = values(15 * 1440, (index, random) => (index < 10_000 ? 1 : 2) + random());
    const [point] = of(long) ?? [];
    expect(Math.abs((point ?? 0) - 10_000)).toBeLessThan(60);
  });
});
