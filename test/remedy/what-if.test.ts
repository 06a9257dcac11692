import { describe, expect, it } from "vitest";
import { arrivalsIn } from "../../src/analysis/arrivals.ts";
import type { Facts } from "../../src/model/facts.ts";
import { forecastAlarm, forecastFacts } from "../../src/remedy/alarm-forecast.ts";
import { callersOf, waitingCallers } from "../../src/remedy/what-if.ts";
import { errorOf, outcomesOf } from "../fixes/forecast-error.ts";
import { mainFacts } from "../fixes/main-facts.ts";
import { ceilingLike, drawnShape } from "../fixes/shapes.ts";

const stretch = (index: number, rate: number, latency: number) => ({
  start: index * 60,
  end: (index + 1) * 60,
  rate,
  latency,
});

describe("arrivals taken back from the answers", () => {
  const metric = (latency: readonly number[], requests: readonly number[]) => ({
    ...mainFacts().guiltyMetric,
    average: { start: 0, step: 60, values: latency },
    requests: { start: 0, step: 60, values: requests },
  });

  it("are the answers themselves where nothing waits", () => {
    const found = arrivalsIn(metric([0, 0, 0], [60, 120, 60]), { start: 0, end: 180 });
    expect(found.map(({ rate }) => rate)).toEqual([1, 2, 1]);
  });

  it("came faster than they are answered while the line grows", () => {
    // Each minute's answers waited 20 s longer than those of the minute before: they came within 40 s.
    const found = arrivalsIn(metric([20, 40, 60, 80, 100], [240, 240, 240, 240, 240]), { start: 60, end: 240 });
    for (const { rate } of found) expect(rate).toBeCloseTo(6, 6);
  });
});

describe("callers who wait for their answer", () => {
  const lines = (...latencies: readonly number[]) => latencies.map((latency, index) => stretch(index, 6, latency));

  it("are told by a long line that keeps its length", () => {
    expect(waitingCallers(lines(1, 3, 4, 4.5, 4, 1), 0.5)).toMatchObject({ count: 27, rate: 6, certain: true });
  });

  it("are not seen in a line that grows, nor in one that is short", () => {
    expect(waitingCallers(lines(1, 2, 3, 4, 5, 6), 0.5)).toBeNull();
    expect(waitingCallers(lines(0.6, 0.6, 0.6, 0.6, 0.6), 0.5)).toBeNull();
  });

  it("may be there in a burst that is too short to see whether its line grows", () => {
    expect(waitingCallers(lines(1, 3, 4, 1), 0.5)).toMatchObject({ count: 24, rate: 6, certain: false });
  });
});

describe("bursts that are too short to tell who made them", () => {
  /** Bursts of the given latencies a minute, ten minutes apart, at 6 requests a second. */
  const recorded = (...bursts: readonly (readonly number[])[]) => {
    const average = bursts.flatMap((burst) => [0.5, 0.5, 0.5, 0.5, ...burst, 0.5, 0.5, 0.5, 0.5]);
    let start = 0;
    const episodes = bursts.map((burst, id) => {
      const span = { start: (start + 4) * 60, end: (start + 4 + burst.length) * 60 };
      start += burst.length + 8;
      return { id, alarmAt: span.start, okAt: span.end, burst: span };
    });
    const grid = (values: readonly number[]) => ({ start: 0, step: 60, values });
    const metric = { ...mainFacts().guiltyMetric, average: grid(average), requests: grid(average.map(() => 360)) };
    return [...callersOf(metric, episodes as unknown as Facts["episodes"]["episodes"], 0.5).values()];
  };
  const short = [3, 4];
  const flat = [3, 4, 4, 4, 4, 4, 4, 3];
  const growing = [1, 4, 8, 12, 16, 20];

  it("are of the kind of those that are not", () => {
    expect(recorded(short, growing)[0]).toBeNull();
    expect(recorded(short, flat)[0]).toMatchObject({ certain: false, likely: true });
  });

  it("stay undecided where the others are of both kinds", () => {
    expect(recorded(short, flat, growing)[0]).toMatchObject({ certain: false, likely: false });
  });
});

describe("a forecast", () => {
  const facts = forecastFacts(mainFacts());

  it("gives the fleet as it is the latency that it had", () => {
    const now = facts ? forecastAlarm(facts, facts.present) : null;
    expect(now?.cycles).toBe(9);
    expect(now?.slowest).toBeGreaterThan(2.5);
    expect(now?.slowest).toBeLessThan(4.5);
  });

  it("is never slower with more workers, or with one queue for all", () => {
    if (!facts) throw new Error("the main incident's facts allow a forecast");
    const slowest = (workers: number, dispatch: "random" | "round robin" | "shared") =>
      forecastAlarm(facts, { ...facts.present, workers, quota: workers, dispatch })?.slowest ?? Number.NaN;
    for (const dispatch of ["random", "round robin", "shared"] as const) {
      expect(slowest(2, dispatch)).toBeLessThan(slowest(1, dispatch));
      expect(slowest(3, dispatch)).toBeLessThanOrEqual(slowest(2, dispatch));
    }
    expect(slowest(2, "shared")).toBeLessThanOrEqual(slowest(2, "random"));
  });

  it("leaves the others' part as it was where the service itself had no requests in a burst", () => {
    const { guiltyMetric, ...rest } = mainFacts();
    const idle = {
      ...guiltyMetric.requests,
      values: guiltyMetric.requests.values.map((one, at) => (at < 80 ? 0 : one)),
    };
    const known = forecastFacts({ ...rest, guiltyMetric: { ...guiltyMetric, requests: idle } });
    if (!known) throw new Error("the main incident's facts allow a forecast");
    const after = forecastAlarm(known, known.present);
    expect(after?.worst).toBeGreaterThan(1);
    expect(after?.cycles).toBe(9);
  });

  it("is not made for percentiles, or without the CPU of the container that serves", () => {
    const { podCpu: _, ...without } = mainFacts();
    expect(forecastFacts(without)).toBeNull();
    const { podCpu, ...others } = mainFacts();
    if (!podCpu) throw new Error("the main incident has its pods' CPU");
    expect(forecastFacts({ ...others, podCpu })).not.toBeNull();
    expect(forecastFacts({ ...others, podCpu: { ...podCpu, container: "proxy" } })).toBeNull();
    const percentile = facts && forecastAlarm({ ...facts, alarm: { ...facts.alarm, statistic: "p95" } }, facts.present);
    expect(percentile).toBeNull();
  });

  it("is within a fifth of the simulator's mean in nine of ten bursts of changed incidents", {
    timeout: 120_000,
  }, async () => {
    const outcomes = (
      await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => outcomesOf(ceilingLike(drawnShape(4000 + seed, [1, 1.15])))))
    ).flat();
    expect(outcomes.length).toBeGreaterThan(100);
    const close = outcomes.filter((one) => Math.abs(errorOf(one)) <= 0.2).length;
    expect(close / outcomes.length).toBeGreaterThan(0.9);
  });
});
