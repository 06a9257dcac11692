import { describe, expect, it } from "vitest";
import { minutesOf, onClock, onSlidingWindows, windowWords } from "../../src/analysis/judged-metric.ts";
import { slidesByMinute } from "../../src/analysis/windows-of-metrics.ts";
import type { AlarmFact } from "../../src/model/facts.ts";
import type { Series } from "../../src/model/time.ts";
import { mainFacts } from "../fixes/main-facts.ts";

const NONE = { traffic: null, companions: [], sampled: false };
const slow: AlarmFact = { ...mainFacts().alarm, period: 300, evaluationPeriods: 1, datapointsToAlarm: 1 };
const line = (step: number, values: readonly (number | null)[]): Series => ({ start: 0, step, values });

/** Ten minutes of one request each, in seconds, and the average of each five. */
const seconds = [1, 1, 1, 1, 1, 6, 1, 1, 1, 1];
const clock = line(300, [1, 2]);
const minutes = (id: string) =>
  new Map([
    [`${id}_sum`, line(60, seconds)],
    [
      `${id}_samples`,
      line(
        60,
        seconds.map(() => 1),
      ),
    ],
  ]);
const metric = (Id: string) => ({
  Id,
  MetricStat: {
    Metric: { Namespace: slow.namespace, MetricName: slow.metric, Dimensions: [] },
    Period: 300,
    Stat: "Average",
  },
});
const math = (text: string, more = {}): AlarmFact => ({
  ...slow,
  expression: { queries: [{ Id: "e", Expression: text }, metric("m")], judged: "e", words: text, ...more },
});
const on = (alarm: AlarmFact, values: Series, answers: ReadonlyMap<string, Series> | null) =>
  onSlidingWindows(alarm, onClock(alarm, values, new Map(), NONE), NONE, answers);

describe("windows that slide", () => {
  it("are made of the sums and the counts that are asked by the minute", () => {
    expect(minutesOf(slow, NONE).map(({ id, statistic }) => [id, statistic])).toEqual([
      ["judged_sum", "Sum"],
      ["judged_samples", "SampleCount"],
    ]);
    expect(on(slow, clock, minutes("judged"))).toMatchObject({
      values: { step: 60, values: [1, 2, 2, 2, 2, 2] },
      length: 300,
      onClockBecause: null,
    });
  });
  it("of an expression are computed, in the unit in which the metric is told", () => {
    const times = math("m * 1000", { factor: 1000 });
    expect(on(times, clock, minutes("m")).values.values).toEqual([1, 2, 2, 2, 2, 2]);
    expect(on(math("m * 1000"), line(300, [1000, 2000]), minutes("m")).values.values[1]).toBe(2000);
  });
  it.each([
    ["its minutes were not read", slow, clock, null, /the minutes' sum and samples could not be read/],
    ["its minutes are gone", slow, clock, emptied(), /hold no datapoint \(CloudWatch keeps them for 15 days\)/],
    ["a percentile", { ...slow, statistic: "p95" }, clock, new Map(), /the p95 of a longer period cannot be made/],
    ["math that is not known", math("RATE(m)"), clock, minutes("m"), /cannot be computed/],
    ["math that is understood otherwise", math("m + 1"), clock, minutes("m"), /not what CloudWatch says/],
  ] as const)("are not made where: %s", (_, alarm, values, answers, because) => {
    const stays = on(alarm, values, answers);
    expect(stays.values.step).toBe(300);
    expect(stays.onClockBecause).toMatch(because);
    expect(windowWords(alarm, stays)).toMatch(/judged on the clock's periods alone, since .* known to about 5 min$/);
  });
});

function emptied(): ReadonlyMap<string, Series> {
  return new Map([...minutes("judged")].map(([id]) => [id, line(60, new Array<null>(10).fill(null))]));
}

it.each([
  [60, 2, false],
  [300, 1, true],
  [90, 1, false],
  [3600, 24, true],
  // Looked at once an hour.
  [3600, 25, false],
])("a period of %d s, %d of them: sliding is %s", (period, evaluationPeriods, slides) => {
  expect(slidesByMinute({ period, evaluationPeriods })).toBe(slides);
  expect(minutesOf({ ...slow, period, evaluationPeriods }, NONE).length > 0).toBe(slides);
});
