import { describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { solveWorld } from "../../simulator/solve.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld } from "../../simulator/world.ts";
import { reproduce } from "../../src/analysis/backtest.ts";
import { investigate } from "../../src/api.ts";
import type { Input, Question } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";

/** Whole incidents are simulated. */
const LONG = { timeout: 240_000 };

const base = INCIDENTS["worker-ceiling"]();
const world = buildWorld({
  ...base,
  alarm: { ...base.alarm, period: 300, evaluationPeriods: 1, datapointsToAlarm: 1 },
});
const windows = ({ findings }: Session) => findings.find(({ id }) => id === "alarm-history.windows")?.statement;

describe("the main incident under an alarm on an average of five minutes", LONG, () => {
  it("is rebuilt exactly from windows that slide, and has the same cause", async () => {
    const session = await solveWorld(world);
    const { alarm, judged, episodes } = session.facts;
    if (!alarm || !judged || !episodes) throw new Error("the alarm was not read");
    expect([judged.values.step, judged.length, judged.onClockBecause]).toEqual([60, 300, null]);
    expect(reproduce(alarm, judged, episodes)?.exact).toBe(true);
    expect(episodes.episodes.length).toBeGreaterThan(3);
    // The clock's periods alone would not tell these changes.
    const clock = { ...judged, values: { ...judged.values, step: 300, values: everyFifth(judged.values.values) } };
    expect(reproduce(alarm, clock, episodes)?.exact).toBe(false);
    expect(windows(session)).toMatch(/windows that slide: judged on the \d+ windows that its minutes make/);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("is judged on the clock's periods where a recording lacks the minutes, which is told as a gap", async () => {
    const inner = new WorldSource(world);
    const byMinute = ({ operation, input }: Question) =>
      operation === "GetMetricData" &&
      (input.MetricDataQueries as readonly Input[]).some(({ MetricStat }) => (MetricStat as Input).Period === 60);
    const { now, window, alarm } = world.scenario;
    const session = await investigate({
      source: {
        ask: async (question) =>
          byMinute(question)
            ? { status: "failed", failure: { kind: "not-recorded", message: "the recording does not hold it" } }
            : inner.answer(question),
      },
      opening: {
        id: "clock",
        version: "0",
        alarmName: alarm.name,
        now: iso(now),
        window: { start: now - window, end: now },
        allowExec: true,
        source: { kind: "fixture", fixture: "clock", description: "" },
      },
    });
    expect(session.facts.judged?.values.step).toBe(300);
    expect(session.gaps.filter(({ kind }) => kind === "not-recorded")).toHaveLength(1);
    expect(windows(session)).toContain("judged on the clock's periods alone");
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });
});

function everyFifth(values: readonly (number | null)[]): (number | null)[] {
  return values.filter((_, index) => index % 5 === 0);
}
