import { describe, expect, it } from "vitest";
import { evaluateAlarm, judge } from "../../simulator/alarm.ts";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import type { AlarmSpec } from "../../simulator/scenario.ts";

const BASE = INCIDENTS["worker-ceiling"]().alarm;
const TREATMENTS = ["missing", "ignore", "breaching", "notBreaching"] as const;

function alarm(change: Partial<AlarmSpec>): AlarmSpec {
  return { ...BASE, threshold: 1, evaluationPeriods: 3, datapointsToAlarm: 3, ...change };
}

/** "0 - X": within, missing, breaching. */
function points(text: string): (number | null)[] {
  return text.split(" ").map((one) => (one === "-" ? null : one === "X" ? 2 : 0));
}

describe("evaluation with missing data (CloudWatch User Guide)", () => {
  it.each([
    [3, "0 - X - X", ["OK", "OK", "OK", "OK"]],
    [3, "0 - - - -", ["OK", "OK", "OK", "OK"]],
    [3, "- - - - -", ["INSUFFICIENT_DATA", "keep", "ALARM", "OK"]],
    [3, "0 X X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [3, "- - X - -", ["ALARM", "keep", "ALARM", "OK"]],
    [3, "- - - - X", ["keep", "keep", "ALARM", "OK"]],
    [3, "- - - X -", ["keep", "keep", "ALARM", "OK"]],
    [2, "0 - X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [2, "0 0 X 0 X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    [2, "0 - X - -", ["OK", "OK", "ALARM", "OK"]],
    [2, "- - - - 0", ["OK", "OK", "ALARM", "OK"]],
    [2, "- - - X -", ["ALARM", "keep", "ALARM", "OK"]],
  ])("%i of 3, %s", (datapointsToAlarm, text, expected) => {
    const found = TREATMENTS.map((treatMissingData) => {
      const judged = (["OK", "ALARM"] as const).map((before) =>
        judge(points(text), alarm({ datapointsToAlarm, treatMissingData }), before),
      );
      return judged[0] === judged[1] ? judged[0] : "keep";
    });
    expect(found).toEqual(expected);
  });

  it("changes its state about a minute after the deciding datapoint, and never in the future", () => {
    const values = [0, 0, 0, 0, 0, 2, 2, 2, 0, 0];
    const { changes, state } = evaluateAlarm(
      values,
      6000,
      alarm({ evaluationPeriods: 2, datapointsToAlarm: 2 }),
      6000 + 9 * 60,
    );
    expect(changes.map(({ from, to, newest }) => [from, to, newest])).toEqual([["OK", "ALARM", 6]]);
    expect((changes[0]?.at ?? 0) - (6000 + 7 * 60)).toBeGreaterThan(30);
    expect((changes[0]?.at ?? 0) - (6000 + 7 * 60)).toBeLessThan(90);
    expect(state).toBe("ALARM");
  });
});
