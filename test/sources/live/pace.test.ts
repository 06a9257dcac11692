import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace } from "../../../src/sources/aws/pace.ts";

// The clock stands still but for what is waited for, so that what is measured is what the pace decided.
vi.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds)),
}));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "performance"], now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const { signal } = new AbortController();

/** Milliseconds that something waits for. */
async function waited(what: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let took = -1;
  const done = what().then(() => {
    took = performance.now() - began;
  });
  await vi.runAllTimersAsync();
  await done;
  return Math.round(took);
}

const turns = (pace: Pace, count: number) =>
  waited(() =>
    Promise.all(
      Array(count)
        .fill(0)
        .map(() => pace.turn(signal)),
    ),
  );

/** Eight at once, which are refused: so many a second were too many. */
async function limited(): Promise<Pace> {
  const pace = new Pace();
  expect(await turns(pace, 8)).toBe(0);
  await waited(() =>
    Promise.all(
      Array(8)
        .fill(0)
        .map(() => pace.refused(1, 0, signal)),
    ),
  );
  return pace;
}

test("half as many a second begin after each refusal, and one at least", async () => {
  const pace = await limited();
  for (const gap of [250, 500, 1000, 1000]) {
    // The first begins at once, each of the others a gap later.
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await turns(pace, 4)).toBe(3 * gap);
    await waited(() => pace.refused(1, 0, signal));
  }
});

test("refusals of one second count as one", async () => {
  const pace = await limited();
  await waited(() => pace.refused(1, 0, signal));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await turns(pace, 4)).toBe(750);
});

test("with each answer one more a second begins, until nothing is held back any more", async () => {
  const pace = await limited();
  for (let answer = 0; answer < 4; answer += 1) pace.answered();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await turns(pace, 5)).toBe(500);
  for (let answer = 0; answer < 30; answer += 1) pace.answered();
  expect(pace.isLimited).toBe(false);
  expect(await turns(pace, 50)).toBe(0);
});

test("a repetition waits as long as is asked for, and otherwise within a pause that doubles up to 5 s", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1);
  const pace = new Pace();
  const waits: number[] = [];
  for (const times of [1, 2, 3, 10]) waits.push(await waited(() => pace.refused(times, 0, signal)));
  expect(waits).toEqual([300, 600, 1200, 5000]);
  expect(await waited(() => pace.refused(1, 7_000, signal))).toBe(7_000);
});
