import { describe, expect, it } from "vitest";
import { pointsAt, replayAlarm } from "../../src/analysis/alarm-evaluation.ts";
import { needsOf, slidingWindows } from "../../src/analysis/sliding-windows.ts";
import type { Judged } from "../../src/model/metric.ts";
import type { Series } from "../../src/model/time.ts";

const line = (values: readonly (number | null)[], start = 0): Series => ({ start, step: 60, values });
const read = (statistic: string, period: number, minutes: Parameters<typeof slidingWindows>[2]): Judged => {
  const found = slidingWindows(statistic, period, minutes);
  if ("cannot" in found) throw new Error(found.cannot);
  return { values: found.windows, samples: null, length: period };
};

describe("slidingWindows", () => {
  const sum = line([10, 0, null, 30]);
  const samples = line([1, 1, null, 3]);
  it.each([
    // Weighted by requests: the mean of the minutes' averages would be 5 and 5.
    ["Average", [5, 0, 10]],
    ["Sum", [10, 0, 30]],
    ["SampleCount", [2, 1, 3]],
    ["Minimum", [1, 5, 2]],
    ["Maximum", [8, 7, 9]],
  ])("of %s are made of the minutes", (statistic, values) => {
    const minimum = line([1, 5, null, 2]);
    const maximum = line([8, 7, null, 9]);
    expect(read(statistic, 120, { sum, samples, minimum, maximum }).values.values).toEqual(values);
  });
  it("say which minutes they need, before these are asked for", () => {
    expect(needsOf("Average")).toEqual(["sum", "samples"]);
    expect(needsOf("p95")).toBeNull();
  });
  it("have no datapoint where no minute has one", () => {
    expect(read("Sum", 120, { sum: line([null, null, 1]) }).values.values).toEqual([null, 1]);
    expect(read("Sum", 300, { sum: line([1, 2]) }).values.values).toEqual([]);
  });
  it.each([
    ["a percentile", "p99", 300, { sum, samples }, /the p99 of a longer period cannot be made/],
    ["a trimmed mean", "tm90", 300, { sum, samples }, /cannot be made/],
    ["half a minute", "Sum", 90, { sum }, /not a whole number of minutes/],
    ["a high-resolution period", "Sum", 10, { sum }, /not a whole number of minutes/],
    ["minutes that were not read", "Average", 300, { sum }, /the minutes' samples could not be read/],
    ["minutes of two grids", "Average", 120, { sum, samples: line([1], 60) }, /one grid/],
  ])("of %s cannot be made", (_, statistic, period, minutes, words) => {
    expect(slidingWindows(statistic, period, minutes)).toEqual({ cannot: expect.stringMatching(words) });
  });
  it("are taken one period apart, back from an evaluation", () => {
    const windows = read("Sum", 120, { sum: line([1, 2, 3, 4, 5]) });
    expect(windows.values.values).toEqual([3, 5, 7, 9]);
    expect(pointsAt(windows, 3, 3)).toEqual([null, 5, 9]);
  });
});

describe("two bad minutes", () => {
  const rule = {
    statistic: "Average",
    threshold: 1,
    comparison: "GreaterThanThreshold",
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: "missing",
  } as const;
  const run = { initially: "OK", delay: 0, until: 10_000 } as const;
  /** One request of 0.1 s a minute for an hour, of 5.1 s in these minutes. */
  const hour = (...bad: number[]) => {
    const sums = Array.from({ length: 60 }, (_, minute) => (bad.includes(minute) ? 5.1 : 0.1));
    return read("Average", 300, { sum: line(sums), samples: line(sums.map(() => 1)) });
  };

  it("fall into two buckets of 5 minutes as the windows slide over them, and alarm", () => {
    // Minutes 29 and 30: the windows 25–29 and 30–34 hold one each, whatever the clock's grid says of it.
    const { transitions } = replayAlarm(hour(29, 30), rule, run);
    expect(transitions.map(({ from, to, at }) => `${from}→${to} ${at / 60}`)).toEqual(["OK→ALARM 35", "ALARM→OK 36"]);
    // Minutes 31 and 32 lie in one bucket of the clock's grid (30–34); the sliding windows alarm all the same.
    expect(replayAlarm(hour(31, 32), rule, run).transitions.map(({ at }) => at / 60)).toEqual([37, 38]);
  });
  it("close behind each other alarm for longer the further apart they are, to a period", () => {
    const stays = [1, 2, 4].map((gap) => {
      const { transitions } = replayAlarm(hour(30, 30 + gap), rule, run);
      return ((transitions[1]?.at ?? 0) - (transitions[0]?.at ?? 0)) / 60;
    });
    expect(stays).toEqual([1, 2, 4]);
  });
  it("more than two periods apart do not alarm", () => {
    expect(replayAlarm(hour(20, 30), rule, run).transitions).toEqual([]);
  });
  it("are not judged after the end of the run", () => {
    expect(replayAlarm(hour(29, 30), rule, { ...run, until: 34 * 60 }).state).toBe("OK");
  });
});
