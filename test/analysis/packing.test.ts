import { describe, expect, it } from "vitest";
import { packingOf, roomFor, shelfOf } from "../../src/analysis/packing.ts";
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
