import { describe, expect, it } from "vitest";
import {
  actsAbove,
  autoscalerPath,
  desiredReplicas,
  maximumFor,
  reachableTarget,
  seenUtilisation,
} from "../../src/analysis/autoscaling.ts";

describe("what the autoscaler sees", () => {
  it("is cut to a whole percent", () => {
    expect(seenUtilisation(0.9, 1.2)).toBe(75);
    expect(seenUtilisation(1, 1.2)).toBe(83);
    expect(seenUtilisation(0.599, 1)).toBe(59);
  });

  it("loses no percent to floating point", () => {
    expect(seenUtilisation(0.9, 1.5)).toBe(60);
    expect(seenUtilisation(0.58, 1)).toBe(58);
    expect(seenUtilisation(0.29, 1)).toBe(29);
  });
});

describe("what it asks for", () => {
  it("is nothing within the tolerance", () => {
    expect(desiredReplicas(4, 83, 80)).toBe(4);
    expect(desiredReplicas(4, 88, 80)).toBe(4);
    expect(desiredReplicas(4, 72, 80)).toBe(4);
  });

  it("is the ceiling of the ratio beyond it", () => {
    expect(desiredReplicas(4, 89, 80)).toBe(5);
    expect(desiredReplicas(4, 60, 50)).toBe(5);
    expect(desiredReplicas(10, 60, 50)).toBe(12);
    expect(desiredReplicas(4, 20, 50)).toBe(2);
  });

  it("acts above target and tolerance", () => {
    expect(actsAbove(80)).toBeCloseTo(88, 10);
  });
});

describe("a target that can be reached", () => {
  it("is below what pods in the bursts show, by more than the tolerance", () => {
    expect(reachableTarget(60, 5)).toBe(50);
    expect(reachableTarget(55, 5)).toBe(40);
    expect(reachableTarget(56, 5)).toBe(50);
  });

  it("is none where quiet pods would be above it", () => {
    expect(reachableTarget(60, 52)).toBeNull();
  });

  it("is none where even the lowest would not do", () => {
    expect(reachableTarget(15, 0)).toBeNull();
  });
});

describe("a maximum", () => {
  it("allows the formula's answer to all workers busy", () => {
    expect(maximumFor(4, 1.8, 1.5, 50)).toBe(10);
  });

  it("is never below the pods that are there", () => {
    expect(maximumFor(6, 0.2, 1.5, 50)).toBe(6);
  });
});

describe("the autoscaler's path", () => {
  it("grows until the pods are near the target, or the maximum is reached", () => {
    const bounds = { target: 50, min: 4, max: 10 };
    expect(autoscalerPath(bounds, { cores: 5, most: 1.8, request: 1.5, pods: 4 })).toEqual([4, 7]);
    expect(autoscalerPath(bounds, { cores: 99, most: 1.8, request: 1.5, pods: 4 })).toEqual([4, 10]);
  });

  it("does not move where pods cannot show enough", () => {
    expect(autoscalerPath({ target: 80, min: 4, max: 7 }, { cores: 99, most: 0.9, request: 1.2, pods: 4 })).toEqual([
      4,
    ]);
  });
});
