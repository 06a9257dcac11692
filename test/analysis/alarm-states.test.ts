import { describe, expect, it } from "vitest";
import { type AlarmStatesFacts, alarmStates, secondsIn } from "../../src/analysis/alarm-states.ts";
import type { AlarmState, Transition } from "../../src/model/facts.ts";

const HOUR = 3600;
const window = { start: 100 * HOUR, end: 106 * HOUR };
const alarm = {
  state: "INSUFFICIENT_DATA",
  comparison: "GreaterThanThreshold",
  treatMissingData: "missing",
  period: 60,
  evaluationPeriods: 2,
} as const;

/** From OK to each state for half an hour and back, one after the other, from the window's start. */
function visits(...states: AlarmState[]): Transition[] {
  return states.flatMap((to, index) => {
    const at = window.start + (index + 0.25) * HOUR;
    return [{ at, from: "OK", to } as const, { at: at + HOUR / 2, from: to, to: "OK" } as const];
  });
}
const facts = (change: Partial<AlarmStatesFacts>): AlarmStatesFacts => ({
  alarm,
  window,
  transitions: [],
  historyFrom: window.end - 7 * 24 * HOUR,
  datapoints: 10,
  ...change,
});
const gone = "INSUFFICIENT_DATA";

describe("alarmStates", () => {
  // The case flaps-between-ok-and-insufficient-data.
  it("tells an alarm that swaps OK and INSUFFICIENT_DATA, and what to change", () => {
    const found = alarmStates(facts({ transitions: visits(gone, gone, gone) }));
    expect(found).toMatchObject({ kind: "loses-data", lost: 3, alarms: 0, withoutData: 1.5 * HOUR });
    expect(found.statement).toBe(
      "lost its data 3 times in 6 h (to INSUFFICIENT_DATA and back, 1 h 30 min in all); it never went to ALARM",
    );
    expect(found.remedy).toMatch(/treat missing data as notBreaching/);
  });
  it("tells one that also alarms", () => {
    const found = alarmStates(facts({ transitions: visits(gone, "ALARM", gone) }));
    expect(found).toMatchObject({ kind: "loses-data", lost: 2, alarms: 1 });
    expect(found.statement).toMatch(/it went to ALARM 1 time$/);
  });
  it("does not call one loss a habit", () => {
    expect(alarmStates(facts({ transitions: visits(gone, "ALARM") })).kind).toBe("has-data");
  });
  it("does not count what was before the window", () => {
    const past = visits(gone, gone, gone).map((one) => ({ ...one, at: one.at - 24 * HOUR }));
    expect(alarmStates(facts({ transitions: past }))).toMatchObject({ kind: "has-data", lost: 0 });
  });
  it("of an alarm on too few does not call silence good", () => {
    const less = { ...alarm, comparison: "LessThanThreshold" };
    expect(alarmStates(facts({ alarm: less, transitions: visits(gone, gone) })).remedy).toMatch(
      /breaching where silence/,
    );
  });
  it("of an alarm that treats missing data already looks for another reason", () => {
    const treated = { ...alarm, treatMissingData: "notBreaching" } as const;
    expect(alarmStates(facts({ alarm: treated, transitions: visits(gone, gone) })).remedy).toMatch(/check its metric/);
  });

  it("tells one that never has data, as far as its history goes", () => {
    const found = alarmStates(facts({ datapoints: 0 }));
    expect(found.kind).toBe("never-has-data");
    expect(found.statement).toMatch(/for at least 7 days, without a datapoint/);
  });
  it.each([
    ["it had data before", { datapoints: 0, transitions: visits(gone).slice(0, 1) }],
    ["the history could not be read", { datapoints: 0, transitions: null }],
    [
      "it is OK by its treatment",
      { datapoints: 0, alarm: { ...alarm, state: "OK", treatMissingData: "notBreaching" } },
    ],
  ] as const)("does not say so where %s", (_, change) => {
    expect(alarmStates(facts(change)).kind).toBe("without-data");
  });
  it("says nothing where the metric could not be read", () => {
    expect(alarmStates(facts({ datapoints: null }))).toMatchObject({ kind: "unknown", statement: null, remedy: null });
  });
});

describe("secondsIn", () => {
  it.each([
    ["the present state where nothing changed", [], gone, 6 * HOUR],
    ["the state before the window", [{ at: window.start - 1, from: gone, to: "OK" }], gone, 0],
    ["a change into it that has not ended", [{ at: window.end - HOUR, from: "OK", to: gone }], gone, HOUR],
  ] as const)("counts %s", (_, transitions, present, seconds) => {
    expect(secondsIn(gone, transitions, window, present)).toBe(seconds);
  });
});
