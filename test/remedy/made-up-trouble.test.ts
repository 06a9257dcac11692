import { describe, expect, it } from "vitest";
import type { MetricKind } from "../../src/model/metric.ts";
import { changed, slowestCatch, troubled } from "../../src/remedy/made-up-trouble.ts";
import { mainFacts } from "../fixes/main-facts.ts";

const grid = (values: readonly (number | null)[]) => ({ start: 0, step: 60, values });
const above = { comparison: "GreaterThanThreshold", threshold: 1 };
const trouble = (alarm: typeof above, kind: MetricKind, values: readonly (number | null)[], scale = 1) =>
  values.map(troubled(alarm, { kind, scale }));

describe("a made-up trouble", () => {
  it("changes what is there in its stretch and nothing else", () => {
    const more = troubled(above, { kind: "duration", scale: 1 });
    expect(changed(grid([1, 1, null, 1, 1]), 1, 3, more).values).toEqual([1, 3, null, 3, 1]);
  });
  it("makes a count where there was nothing to count, and no latency where there was no request", () => {
    expect(trouble(above, "count", [null, 2])).toEqual([2, 4]);
    expect(trouble(above, "duration", [null, 2])).toEqual([null, 4]);
  });
  it("is something where the threshold is nothing", () => {
    expect(trouble({ ...above, threshold: 0 }, "hosts", [0])).toEqual([1]);
  });
  it("makes a share at most the whole", () => {
    expect(trouble({ ...above, threshold: 60 }, "share", [10], 0.01)).toEqual([100]);
    expect(trouble({ ...above, threshold: 0.6 }, "share", [0.1])).toEqual([1]);
  });
  it("leaves nothing where low values are bad", () => {
    expect(trouble({ comparison: "LessThanThreshold", threshold: 2 }, "hosts", [3, null])).toEqual([0, null]);
  });
});

describe("the time until it is seen", () => {
  const { alarm } = mainFacts();
  const unit = { kind: "duration", scale: 1 } as const;
  const quiet = grid(new Array<number>(120).fill(0.1));

  it("is the datapoints that it takes, and the delay", () => {
    const rule = { ...alarm, evaluationPeriods: 3, datapointsToAlarm: 3 };
    expect(slowestCatch(rule, { values: quiet, samples: null }, alarm, unit, 48)).toBe(3 * 60 + 48);
  });
  it("is a whole window where windows slide, and nothing where it is over before it is seen", () => {
    const slides = { values: quiet, samples: null, length: 300 };
    const slow = { ...alarm, period: 300, evaluationPeriods: 1, datapointsToAlarm: 1 };
    expect(slowestCatch(slow, slides, slow, unit, 48)).toBe(300 + 48);
    const three = { ...slow, evaluationPeriods: 3, datapointsToAlarm: 3 };
    expect(slowestCatch(three, slides, slow, unit, 48)).toBe(900 + 48);
    expect(slowestCatch({ ...slow, evaluationPeriods: 4, datapointsToAlarm: 4 }, slides, slow, unit, 48)).toBeNull();
  });
});
