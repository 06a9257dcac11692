import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import type { AlarmSpec, Scenario } from "../../simulator/scenario.ts";
import { solve } from "../../simulator/solve.ts";
import { backtest, pastOf, reproduce } from "../../src/analysis/backtest.ts";
import type { AlarmFact, EpisodesFact } from "../../src/model/facts.ts";
import type { JudgedMetric } from "../../src/model/metric.ts";

/** Alarms of all kinds: M of N, all treatments of missing data, percentiles, one target group. */
const ALARMS: readonly Partial<AlarmSpec>[] = [
  {},
  { evaluationPeriods: 3, datapointsToAlarm: 2 },
  { evaluationPeriods: 5, datapointsToAlarm: 3, treatMissingData: "notBreaching" },
  { evaluationPeriods: 1, datapointsToAlarm: 1, treatMissingData: "ignore" },
  { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: "breaching" },
  { statistic: "p95", threshold: 2, evaluationPeriods: 2, datapointsToAlarm: 2 },
  { on: "target group", evaluationPeriods: 3, datapointsToAlarm: 1, treatMissingData: "missing" },
];

/** Minutes without any traffic, so that datapoints are missing; the window then has stretches of both. */
const LULLS = [0.2, 0.35, 0.5, 0.65, 0.8].map((part) => ({
  at: Math.floor((part * 3 * 3600) / 60) * 60,
  seconds: 360,
  factor: 0,
}));

function varied(base: Scenario, index: number): Scenario {
  const gaps = index % 4 === 2;
  const { focus } = base;
  const traffic = gaps ? { ...focus.traffic, levels: [...focus.traffic.levels, ...LULLS] } : focus.traffic;
  return {
    ...base,
    seed: 7000 + index,
    window: 3 * 3600,
    alarm: { ...base.alarm, ...ALARMS[index % ALARMS.length] },
    focus: { ...focus, traffic },
    others: gaps ? base.others.map((other) => ({ ...other, levels: [...other.levels, ...LULLS] })) : base.others,
  };
}

interface Known {
  readonly alarm: AlarmFact;
  readonly judged: JudgedMetric;
  readonly episodes: EpisodesFact;
}

async function known(scenario: Scenario): Promise<Known> {
  const { alarm, judged, episodes } = (await solve(scenario)).facts;
  if (!alarm || !judged || !episodes) throw new Error(`${scenario.name} ${scenario.seed}: the alarm was not read`);
  return { alarm, judged, episodes };
}

describe("the back-test of today's alarm", () => {
  it("reproduces the simulated history, transition for transition, over 105 incidents", {
    timeout: 300_000,
  }, async () => {
    const bases = Object.values(INCIDENTS).map((make) => make());
    const differing: string[] = [];
    const kinds = new Map<string, number>();
    for (let index = 0; index < 105; index += 1) {
      const base = bases[index % bases.length] as Scenario;
      const scenario = varied(base, index);
      const { alarm, judged, episodes } = await known(scenario);
      const result = reproduce(alarm, judged, episodes);
      for (const { to } of result?.history ?? []) kinds.set(to, (kinds.get(to) ?? 0) + 1);
      if (!result?.exact)
        differing.push(
          `${scenario.name} ${index}: met ${result?.met} of ${result?.history.length}, made ${result?.transitions.length}`,
        );
    }
    expect(differing).toEqual([]);

    // Without transitions of every kind there would be nothing to reproduce.
    expect(kinds.get("ALARM")).toBeGreaterThan(150);
    expect(kinds.get("OK")).toBeGreaterThan(150);
    expect(kinds.get("INSUFFICIENT_DATA")).toBeGreaterThan(20);
  });

  it("notices a history that another alarm made", async () => {
    const { alarm, judged, episodes } = await known(varied(INCIDENTS["worker-ceiling"](), 0));
    expect(reproduce(alarm, judged, episodes)?.exact).toBe(true);
    const other = { ...alarm, evaluationPeriods: 4, datapointsToAlarm: 4 };
    expect(reproduce(other, judged, episodes)?.exact).toBe(false);
  });
});

const grid = (values: readonly (number | null)[]) => ({ start: 0, step: 60, values });

const rule = {
  statistic: "Average",
  threshold: 1,
  comparison: "GreaterThanThreshold",
  evaluationPeriods: 2,
  datapointsToAlarm: 2,
  treatMissingData: "missing",
  period: 60,
} as const;

function episodesOf(list: readonly { alarmAt: number; okAt: number; start: number }[]): EpisodesFact {
  return {
    window: { start: 0, end: 3600 },
    transitions: [],
    earlier: [],
    historyFrom: 0,
    from: "history",
    cycles: list.length,
    cyclesPerHour: list.length,
    flappingFor: 0,
    longest: 0,
    episodes: list.map(({ alarmAt, okAt, start }, index) => ({
      id: index + 1,
      alarmAt,
      okAt,
      burst: { start, end: okAt },
      breaching: 4,
      worst: 2,
      requests: 100,
      fewestRequests: 20,
    })),
  };
}

describe("another alarm", () => {
  const values = grid([0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0]);
  const episodes = episodesOf([
    { alarmAt: 420, okAt: 660, start: 300 },
    { alarmAt: 1080, okAt: 1140, start: 960 },
  ]);

  it("tells which episodes it catches and how much later", () => {
    const slower = { ...rule, evaluationPeriods: 4, datapointsToAlarm: 4 };
    const { cycles, caught } = backtest(slower, { values, samples: null }, episodes, 0);
    expect(cycles).toBe(1);
    expect(caught).toEqual([
      { episode: 1, later: 120 },
      { episode: 2, later: null },
    ]);
  });

  it("judges the window's first datapoints as well, however far it looks back", () => {
    const longer = { ...rule, evaluationPeriods: 60 };
    const { cycles, caught, stays } = backtest(longer, { values, samples: null }, episodes, 0);
    expect(cycles).toBe(1);
    // In ALARM since the first episode, so the second was in sight from its beginning.
    expect(stays).toEqual([{ alarmAt: 420, okAt: null }]);
    expect(caught.map(({ later }) => later)).toEqual([0, 420 - 1080]);
  });

  it("begins as today's alarm was before the window", () => {
    const longer = { ...rule, evaluationPeriods: 10 };
    const at = (time: number, to: "OK" | "ALARM") => ({ at: time, from: to === "OK" ? "ALARM" : "OK", to }) as const;
    // In ALARM for three of the minutes before: among the last ten datapoints until the first episode begins.
    const before = { ...episodes, earlier: [at(-300, "ALARM"), at(-120, "OK")] };
    const { stays, cycles } = backtest(longer, { values, samples: null }, before, 0, pastOf(before));
    expect(stays[0]?.alarmAt).toBeLessThan(60);
    expect(stays[0]?.okAt).toBeNull();
    expect(cycles).toBe(0);
    const quiet = backtest(longer, { values, samples: null }, before, 0);
    expect(quiet.stays[0]?.alarmAt).toBe(420);
  });

  it("counts an episode as seen where it is in ALARM all the time", () => {
    const always = { ...episodes, earlier: [{ at: -3600, from: "OK", to: "ALARM" } as const] };
    const bad = grid(values.values.map(() => 2));
    const { caught, cycles } = backtest(rule, { values: bad, samples: null }, always, 0, pastOf(always));
    expect(cycles).toBe(0);
    expect(caught.map(({ later }) => later !== null)).toEqual([true, true]);
  });

  it("is never later than itself", () => {
    const { caught, cycles } = backtest(rule, { values, samples: null }, episodes, 0);
    expect(cycles).toBe(2);
    expect(caught.map(({ later }) => later)).toEqual([0, 0]);
  });
});
