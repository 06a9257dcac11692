import { describe, expect, it } from "vitest";
import {
  type AlarmRule,
  type Datapoint,
  evaluate,
  evaluationRange,
  replayAlarm,
  samplesNeeded,
} from "../../src/analysis/alarm-evaluation.ts";
import type { AlarmState } from "../../src/model/facts.ts";

const rule = (change: Partial<AlarmRule> = {}): AlarmRule => ({
  statistic: "Average",
  threshold: 1,
  comparison: "GreaterThanThreshold",
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  treatMissingData: "missing",
  ...change,
});

/** "0 - X - X" as datapoints around a threshold of 1. */
function points(text: string): Datapoint[] {
  return text.split(" ").map((sign) => (sign === "-" ? null : sign === "X" ? 2 : 0));
}

const TREATMENTS = ["missing", "ignore", "breaching", "notBreaching"] as const;

/**
 * CloudWatch User Guide, "How alarm state is evaluated when data is missing": both tables. Evaluation range 5,
 * evaluation periods 3; "keep" is the state from before.
 */
const VECTORS: readonly [needed: number, points: string, ...states: (AlarmState | "keep")[]][] = [
  [3, "0 - X - X", "OK", "OK", "OK", "OK"],
  [3, "0 - - - -", "OK", "OK", "OK", "OK"],
  [3, "- - - - -", "INSUFFICIENT_DATA", "keep", "ALARM", "OK"],
  [3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [3, "- - X - -", "ALARM", "keep", "ALARM", "OK"],
  [2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 - X - -", "OK", "OK", "ALARM", "OK"],
  [2, "- - - - 0", "OK", "OK", "ALARM", "OK"],
  [2, "- - - X -", "ALARM", "keep", "ALARM", "OK"],
];

const STATES = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

describe("the documented tables of missing data", () => {
  for (const [needed, text, ...states] of VECTORS) {
    for (const [index, treatMissingData] of TREATMENTS.entries()) {
      it.each(STATES)(`${needed} of 3, ${text}, ${treatMissingData}, from %s`, (before) => {
        const wanted = states[index] === "keep" ? before : states[index];
        expect(evaluate(points(text), rule({ datapointsToAlarm: needed, treatMissingData }), before)).toBe(wanted);
      });
    }
  }
});

describe("premature alarms", () => {
  it.each(["- - - - X", "- - - X -"])("%s does not alarm yet with 3 of 3", (text) => {
    expect(evaluate(points(text), rule(), "OK")).toBe("OK");
  });

  it("a point that turns out well takes the alarm back", () => {
    expect(evaluate(points("- - - X 0"), rule(), "OK")).toBe("OK");
    expect(evaluate(points("- - X - 0"), rule(), "ALARM")).toBe("OK");
  });

  it("holds for M of N as well: the oldest breaching point must be M old", () => {
    expect(evaluate(points("- - - - X"), rule({ datapointsToAlarm: 2 }), "OK")).toBe("OK");
    expect(evaluate(points("- - - X -"), rule({ datapointsToAlarm: 2 }), "OK")).toBe("ALARM");
  });
});

describe("complete data", () => {
  it("looks at the newest N alone", () => {
    expect(evaluate(points("X X 0 X X"), rule(), "ALARM")).toBe("OK");
    expect(evaluate(points("0 0 X X X"), rule(), "OK")).toBe("ALARM");
  });

  it("counts M anywhere among N", () => {
    const three = rule({ evaluationPeriods: 5, datapointsToAlarm: 3 });
    expect(evaluate(points("X 0 X 0 X"), three, "OK")).toBe("ALARM");
    expect(evaluate(points("X 0 0 0 X"), three, "ALARM")).toBe("OK");
  });

  it("knows all four comparisons", () => {
    const at = (comparison: string) => evaluate([1, 1, 1], rule({ comparison }), "OK");
    expect(at("GreaterThanThreshold")).toBe("OK");
    expect(at("GreaterThanOrEqualToThreshold")).toBe("ALARM");
    expect(at("LessThanThreshold")).toBe("OK");
    expect(at("LessThanOrEqualToThreshold")).toBe("ALARM");
  });
});

describe("the evaluation range", () => {
  it("is that of the documented example", () => {
    expect(evaluationRange({ evaluationPeriods: 3 })).toBe(5);
  });

  it("does not look further back", () => {
    expect(evaluate(points("X X X - - - - -"), rule(), "ALARM")).toBe("INSUFFICIENT_DATA");
  });
});

describe("percentiles with few samples", () => {
  it.each([
    ["p99", 1000],
    ["p95", 200],
    ["p50", 20],
    ["p10", 100],
    ["p99.9", 10000],
    ["Average", null],
    ["Maximum", null],
  ])("%s needs %s", (statistic, needed) => {
    expect(samplesNeeded(statistic)).toBe(needed);
  });

  const values = { start: 0, step: 60, values: [0, 0, 0, 0, 2, 2, 2, 2] };
  const run = { initially: "OK", delay: 0, until: 10_000 } as const;
  const p99 = (lowSamples: "evaluate" | "ignore") =>
    rule({ statistic: "p99", evaluationPeriods: 1, datapointsToAlarm: 1, lowSamples });

  it("hold the state when they are to be ignored, and only then", () => {
    const few = { start: 0, step: 60, values: [1000, 1000, 1000, 1000, 999, 999, 1000, 1000] };
    const times = (lowSamples: "evaluate" | "ignore") =>
      replayAlarm({ values, samples: few }, p99(lowSamples), run).transitions.map(({ newest }) => newest);
    expect(times("evaluate")).toEqual([4]);
    expect(times("ignore")).toEqual([6]);
  });
});

describe("a replay", () => {
  const two = rule({ evaluationPeriods: 2, datapointsToAlarm: 2 });
  const values = { start: 600, step: 60, values: [0, 0, 0, 0, 2, 2, 2, 0, 0] };

  it("says at which datapoint and when the state changes", () => {
    const { transitions, state } = replayAlarm({ values, samples: null }, two, {
      initially: "OK",
      delay: 48,
      until: 10_000,
    });
    expect(transitions).toEqual([
      { at: 600 + 6 * 60 + 48, from: "OK", to: "ALARM", newest: 5 },
      { at: 600 + 8 * 60 + 48, from: "ALARM", to: "OK", newest: 7 },
    ]);
    expect(state).toBe("OK");
  });

  it("ends with the last evaluation that has happened", () => {
    const until = 600 + 6 * 60 + 47;
    expect(replayAlarm({ values, samples: null }, two, { initially: "OK", delay: 48, until }).transitions).toEqual([]);
  });
});
