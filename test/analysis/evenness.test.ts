import { describe, expect, it } from "vitest";
import { evenness, hottest, jain, persistence } from "../../src/analysis/evenness.ts";
import { meanIn, meanOutside } from "../../src/analysis/series.ts";

const pod = (name: string, ...values: (number | null)[]) => ({ pod: name, cpu: { start: 0, step: 60, values } });
const all = [{ start: 0, end: 600 }];

describe("jain", () => {
  it("is 1 for all alike, 1/n for one that has it all, and nothing without load", () => {
    expect(jain([0.9, 0.9, 0.9, 0.9])).toBeCloseTo(1);
    expect(jain([1, 0, 0, 0])).toBeCloseTo(0.25);
    expect(jain([0, 0])).toBeNull();
  });
});

describe("evenness", () => {
  it("finds pods that run alike not clumped, whatever their level", () => {
    const result = evenness([pod("a", 0.9, 0.5), pod("b", 0.88, 0.52)], all);
    expect(result.jain).toBeGreaterThan(0.99);
    expect(result.clumpedShare).toBe(0);
  });
  it("counts the minutes in which one is hot while another idles", () => {
    const result = evenness([pod("a", 1, 0.1, 0.5, 1), pod("b", 0.1, 1, 0.5, 0.1)], all);
    expect(result.clumpedShare).toBe(0.75);
    expect(result.jain).toBeLessThan(0.75);
  });
  it("weighs minutes by the CPU used, so that idle ones do not decide", () => {
    const busyAlike = evenness([pod("a", 0.9, 0.02), pod("b", 0.9, 0)], all).jain ?? 0;
    expect(busyAlike).toBeGreaterThan(0.98);
  });
  it("looks only at the bursts for evenness, and tells the fleet's CPU in and out of them", () => {
    const result = evenness([pod("a", 0.9, 0.1), pod("b", 0.9, 0)], [{ start: 0, end: 60 }]);
    expect(result.jain).toBeCloseTo(1);
    expect(result.fleetInBursts).toBeCloseTo(1.8);
    expect(result.fleetOutside).toBeCloseTo(0.1);
  });
  it("leaves a pod out of the minutes in which it did not run", () => {
    const result = evenness([pod("a", 0.9, 0.9), pod("b", 0.9, 0.9), pod("new", null, 0.9)], all);
    expect(result.jain).toBeCloseTo(1);
  });
  it("says nothing of nothing", () => {
    expect(evenness([], all)).toEqual({
      jain: null,
      clumpedShare: null,
      plateau: null,
      fleetInBursts: null,
      fleetOutside: null,
      together: 0,
    });
  });
});

describe("hottest", () => {
  it("names the pod with the highest mean in the burst, not the highest minute", () => {
    const lines = [pod("peaky", 1, 0, 0), pod("steady", 0.6, 0.6, 0.6)];
    expect(hottest(lines, { start: 0, end: 180 })).toBe("steady");
    expect(hottest(lines, { start: 6000, end: 6060 })).toBeNull();
  });
});

describe("means", () => {
  it("divide a series into in and out of the spans", () => {
    const { cpu } = pod("a", 1, 2, 3, null);
    expect(meanIn(cpu, [{ start: 0, end: 120 }])).toBe(1.5);
    expect(meanOutside(cpu, [{ start: 0, end: 120 }])).toBe(3);
  });
});

describe("persistence", () => {
  const minute = (index: number) => ({ start: index * 60, end: index * 60 + 60 });
  const bursts = [0, 1, 2, 3].map(minute);

  it("is 1 where the same pod is always the hot one", () => {
    expect(
      persistence([pod("a", 1, 1, 1, 1), pod("b", 0.1, 0.1, 0.1, 0.1), pod("c", 0.2, 0.2, 0.2, 0.2)], bursts),
    ).toBeCloseTo(1);
  });
  it("is at most 0 where each takes its turn", () => {
    expect(persistence([pod("a", 1, 0, 0, 1), pod("b", 0, 1, 0, 0), pod("c", 0, 0, 1, 0)], bursts)).toBeLessThan(0.1);
  });
  it("leaves out the bursts after a rollout that replaced the pods", () => {
    const old = [pod("a", 1, 1, 1, null), pod("b", 0.1, 0.1, 0.1, null)];
    expect(persistence([...old, pod("c", null, null, null, 1), pod("d", null, null, null, 1)], bursts)).toBeCloseTo(1);
  });
  it("does not judge from two bursts, one pod, or no differences", () => {
    expect(persistence([pod("a", 1, 0), pod("b", 0, 1)], bursts.slice(0, 2))).toBeNull();
    expect(persistence([pod("a", 1, 1, 1, 1)], bursts)).toBeNull();
    expect(persistence([pod("a", 1, 1, 1, 1), pod("b", 1, 1, 1, 1)], bursts)).toBeNull();
  });
});
