import { describe, expect, it } from "vitest";
import { breaches, burstOf, coveredBy, staysFromHistory, staysFromMetric } from "../../src/analysis/alarm.ts";
import type { AlarmFact } from "../../src/model/facts.ts";

const alarm = (change: Partial<AlarmFact> = {}): AlarmFact => ({
  name: "a",
  arn: "arn:aws:cloudwatch:eu-west-2:111122223333:alarm:a",
  description: null,
  namespace: "AWS/ApplicationELB",
  metric: "TargetResponseTime",
  dimensions: { LoadBalancer: "app/a/1" },
  statistic: "Average",
  threshold: 1,
  comparison: "GreaterThanThreshold",
  period: 60,
  evaluationPeriods: 2,
  datapointsToAlarm: 2,
  treatMissingData: "missing",
  state: "OK",
  stateSince: null,
  ...change,
});
const series = (values: (number | null)[]) => ({ values: { start: 0, step: 60, values } });
/** Windows of five minutes that slide by one. */
const sliding = (values: (number | null)[]) => ({ ...series(values), length: 300 });

describe("breaches", () => {
  it("keeps to the comparison operator at the threshold itself", () => {
    expect(breaches(alarm(), 1)).toBe(false);
    expect(breaches(alarm({ comparison: "GreaterThanOrEqualToThreshold" }), 1)).toBe(true);
    expect(breaches(alarm({ comparison: "LessThanThreshold" }), 0.9)).toBe(true);
    // Of a band the threshold is its highest bound; nothing is known of the lower one.
    expect(breaches(alarm({ comparison: "GreaterThanUpperThreshold" }), 1)).toBe(false);
    expect(breaches(alarm({ comparison: "GreaterThanUpperThreshold" }), 99)).toBe(true);
    expect(breaches(alarm({ comparison: "LessThanLowerThreshold" }), -99)).toBe(false);
  });
});

describe("staysFromMetric", () => {
  it("alarms when the last of N breaching datapoints is known, and ends with the first that does not breach", () => {
    expect(staysFromMetric(alarm(), series([0, 2, 2, 2, 0, 0]))).toEqual([{ alarmAt: 180, okAt: 300 }]);
  });
  it("takes M of N", () => {
    const mOfN = alarm({ evaluationPeriods: 3, datapointsToAlarm: 2 });
    expect(staysFromMetric(mOfN, series([2, 0, 2, 0, 0]))).toEqual([{ alarmAt: 180, okAt: 240 }]);
    expect(staysFromMetric(alarm(), series([2, 0, 2, 0, 0]))).toEqual([]);
  });
  it("passes over missing datapoints and leaves the last stay open", () => {
    expect(staysFromMetric(alarm(), series([2, null, null, 2, null]))).toEqual([{ alarmAt: 240, okAt: null }]);
  });
});

describe("windows that slide", () => {
  const slow = alarm({ period: 300, evaluationPeriods: 1, datapointsToAlarm: 1 });
  // One bad minute, the tenth: it lies in the windows that begin with minutes 6 to 10.
  const spike = sliding(Array.from({ length: 20 }, (_, minute) => (minute >= 6 && minute <= 10 ? 2 : 0)));

  it("end with the minute that brought them over, and M of N looks at those end to end", () => {
    expect(staysFromMetric(slow, spike)).toEqual([{ alarmAt: 11 * 60, okAt: 16 * 60 }]);
    const twice = alarm({ period: 300 });
    // Windows 6 and 11 lie end to end, and 11 is good; five in a row overlap and are one.
    expect(staysFromMetric(twice, spike)).toEqual([]);
    const longer = sliding(Array.from({ length: 20 }, (_, minute) => (minute >= 6 && minute <= 11 ? 2 : 0)));
    expect(staysFromMetric(twice, longer)).toEqual([{ alarmAt: 16 * 60, okAt: 17 * 60 }]);
  });
  it("tell the bad minute itself, in whole periods of the clock", () => {
    expect(burstOf(slow, spike, { alarmAt: 660, okAt: 960 }, 0, 1200)).toEqual({ start: 600, end: 900 });
  });
  it("cover each minute once, however many of them hold it", () => {
    expect([
      ...coveredBy(
        [
          { at: 0, value: 2 },
          { at: 60, value: 2 },
        ],
        spike,
      ),
    ]).toEqual([0, 60, 120, 180, 240, 300]);
  });
});

describe("staysFromHistory", () => {
  const window = { start: 1000, end: 2000 };
  const to = (at: number, from: string, state: string) => ({ at, from, to: state });

  it("pairs transitions, and treats the way through INSUFFICIENT_DATA as an end", () => {
    const history = [
      to(1100, "OK", "ALARM"),
      to(1200, "ALARM", "INSUFFICIENT_DATA"),
      to(1300, "INSUFFICIENT_DATA", "ALARM"),
    ];
    expect(staysFromHistory(history, window, { state: "ALARM" })).toEqual([
      { alarmAt: 1100, okAt: 1200 },
      { alarmAt: 1300, okAt: null },
    ]);
  });
  it("begins with the window where the alarm was already in ALARM", () => {
    expect(staysFromHistory([to(1500, "ALARM", "OK")], window, { state: "OK" })).toEqual([
      { alarmAt: 1000, okAt: 1500 },
    ]);
    expect(staysFromHistory([to(500, "OK", "ALARM")], window, { state: "ALARM" })).toEqual([
      { alarmAt: 1000, okAt: null },
    ]);
  });
  it("believes the present state of an alarm that has no history, and nothing else", () => {
    expect(staysFromHistory([], window, { state: "ALARM" })).toEqual([{ alarmAt: 1000, okAt: null }]);
    expect(staysFromHistory([], window, { state: "OK" })).toEqual([]);
  });
  it("does not count what lies outside the window", () => {
    expect(staysFromHistory([to(100, "OK", "ALARM"), to(200, "ALARM", "OK")], window, { state: "OK" })).toEqual([]);
  });
});

describe("burstOf", () => {
  it("goes from the first to the end of the last breaching datapoint, earlier than the alarm by its evaluation", () => {
    const metric = series([0, 2, 2, 2, 0, 0, 0, 0]);
    expect(burstOf(alarm(), metric, { alarmAt: 240, okAt: 360 }, 0, 480)).toEqual({ start: 60, end: 240 });
  });
  it("does not reach back into the burst before it", () => {
    const metric = series([2, 2, 0, 2, 2, 0]);
    expect(burstOf(alarm(), metric, { alarmAt: 300, okAt: 400 }, 180, 480)).toEqual({ start: 180, end: 300 });
  });
  it("falls back on the alarm's own times where the metric shows nothing", () => {
    expect(burstOf(alarm(), null, { alarmAt: 300, okAt: 420 }, 0, 480)).toEqual({ start: 180, end: 420 });
  });
});
