import { describe, expect, it } from "vitest";
import { mostWorkers, packingOf, placesFor, roomFor, shelfOf } from "../../src/analysis/packing.ts";
import type { NodeFact } from "../../src/model/facts.ts";

const GIB = 2 ** 30;
const node = (change: Partial<NodeFact> = {}): NodeFact => ({
  name: "a",
  instanceId: null,
  instanceType: null,
  zone: "z",
  ip: null,
  allocatableCpu: 3.92,
  allocatableMemory: 14 * GIB,
  requestedCpu: 2.5,
  systemCpu: 0.4,
  pods: 1,
  busyInBursts: 0.3,
  ...change,
});

describe("the shelf", () => {
  it("takes the daemonsets of the emptiest host off", () => {
    const shelf = shelfOf([node({ systemCpu: 0.7 }), node(), node({ pods: 0, systemCpu: null })]);
    expect(shelf).toEqual({ allocatable: 3.92, overhead: 0.4, memory: 14 * GIB });
  });

  it("is unknown without a node's size", () => {
    expect(shelfOf([node({ allocatableCpu: null })])).toBeNull();
  });
});

describe("packing", () => {
  const shelf = { allocatable: 3.92, overhead: 0.4, memory: 14 * GIB };

  it("is two pods of 1500m a node, and CPU binds before memory", () => {
    expect(packingOf(shelf, { cpu: 1.5, memory: 5 * GIB })).toEqual({
      perNode: 2,
      byCpu: 2,
      byMemory: 2,
      binds: "cpu",
    });
  });

  it("says when memory binds", () => {
    expect(packingOf(shelf, { cpu: 0.5, memory: 5 * GIB })).toMatchObject({ perNode: 2, byCpu: 7, binds: "memory" });
  });

  it("fits what fits exactly", () => {
    expect(packingOf(shelf, { cpu: 1.76, memory: null }).perNode).toBe(2);
  });
});

describe("room for a fleet", () => {
  const nodes = Array.from({ length: 10 }, (_, index) => node({ name: String(index) }));
  const shelf = { allocatable: 3.92, overhead: 0.4, memory: null };

  it("is five nodes for ten pods, with the rest left to others", () => {
    expect(roomFor(nodes, shelf, { cpu: 1.5, memory: null }, 10)).toMatchObject({ nodesNeeded: 5, nodes: 10 });
    expect(roomFor(nodes, shelf, { cpu: 1.5, memory: null }, 10)?.leftForOthers).toBeCloseTo(35.2 - 15, 6);
  });

  it("is none for a pod that no node holds", () => {
    expect(roomFor(nodes, shelf, { cpu: 4, memory: null }, 1)).toBeNull();
  });
});

describe("room for more", () => {
  const worker = { cpu: 0.9, memory: 2 * GIB };

  it("is what the tightest node of the pods has left when the others have theirs", () => {
    // 0.9 × 3.92 − (0.3 × 3.92 − 0.9) = 3.25 cores for one pod: three workers of 0.9.
    expect(mostWorkers([node()], 0.9, worker)).toBe(3);
    expect(mostWorkers([node(), node({ busyInBursts: 0.75 })], 0.9, worker)).toBe(1);
    expect(mostWorkers([node(), node({ pods: 0, busyInBursts: null })], 0.9, worker)).toBe(3);
  });

  it("is bound by memory as well, and unknown without a node's CPU", () => {
    expect(mostWorkers([node()], 0.9, { ...worker, memory: 7 * GIB })).toBe(2);
    expect(mostWorkers([node({ allocatableCpu: null })], 0.9, worker)).toBeNull();
  });

  const pod = { request: 1, cpu: 0.9, memory: null };

  it("for other pods is where the scheduler finds the request and the bursts leave the cores", () => {
    // 1.42 of 3.92 cores are not requested: one pod; 3.25 cores are not used by others: three pods, one is there.
    expect(placesFor([node()], pod, pod)).toBe(1);
    expect(placesFor([node({ requestedCpu: 0.5 })], pod, pod)).toBe(2);
    expect(placesFor([node({ requestedCpu: 3.5 })], pod, pod)).toBe(0);
    expect(placesFor([node({ requestedCpu: null })], pod, pod)).toBeNull();
  });

  it("for other pods is less once the present ones request more", () => {
    expect(placesFor([node({ requestedCpu: 1.5 })], pod, { ...pod, request: 2 })).toBe(0);
  });
});
