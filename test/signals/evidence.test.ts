import { describe, expect, it } from "vitest";
import cpuBelongs from "../../playbooks/signals/cpu-belongs-to-requests.ts";
import figuresPossible from "../../playbooks/signals/figures-possible.ts";
import nodesStalled from "../../playbooks/signals/nodes-stalled.ts";
import nodesStolen from "../../playbooks/signals/nodes-stolen.ts";
import servingWorks from "../../playbooks/signals/serving-container-works.ts";
import targetsOfThisCluster from "../../playbooks/signals/targets-of-this-cluster.ts";
import { cpuAndRequests } from "../../src/analysis/correlation.ts";
import type { ClusterFact, CpuAndRequests, CpuCheckFact, LatencyFact } from "../../src/model/facts.ts";
import type { Signal } from "../../src/model/signal.ts";
import type { Series } from "../../src/model/time.ts";
import { mainFacts } from "../fixes/main-facts.ts";

const read = (signal: Signal, facts: { readonly [name: string]: unknown }) => signal.read(facts as never);
const answer = (signal: Signal, facts: { readonly [name: string]: unknown }) => read(signal, facts).answer;

describe("targets-of-this-cluster", () => {
  const cluster = (verdict: ClusterFact["verdict"], matched: number): ClusterFact => ({
    verdict,
    statement: "as it was found",
    matched,
    of: 4,
    comparedWith: "nodes",
    clusterTag: null,
    contextName: null,
    strangers: [],
  });
  it.each([
    ["same", 4, "yes"],
    ["part", 3, "unclear"],
    ["other", 0, "no"],
    ["unknown", 0, "unknown"],
  ] as const)("%s: %s", (verdict, matched, expected) => {
    expect(answer(targetsOfThisCluster, { cluster: cluster(verdict, matched) })).toBe(expected);
  });
});

const fine: CpuCheckFact = {
  impossible: [],
  missing: { inside: 0, ofInside: 100, outside: 0, ofOutside: 1000 },
  requests: { atOnce: 0.9, lag: 0, atLag: 0.9, costInside: 0.2, costOutside: 0.2 },
};

describe("figures-possible", () => {
  const { podCpu, workload, nodes } = mainFacts();
  const facts = (plateau: number, quota: number | null) => ({
    check: fine,
    podCpu: { ...podCpu, plateau },
    workload,
    nodes,
    workers: { quota },
  });
  it.each([
    [1.5, 1.5, "yes"],
    [1.71, 1.5, "yes"],
    [1.74, 1.5, "no"],
    [9, null, "yes"],
  ] as const)("%d cores of a quota of %d: %s", (plateau, quota, expected) => {
    expect(answer(figuresPossible, facts(plateau, quota))).toBe(expected);
  });

  it("says of withheld figures why they cannot be", () => {
    const told = read(figuresPossible, { check: { ...fine, impossible: ["1.82 cores of a quota of 1.5"] } });
    expect(told).toMatchObject({
      answer: "no",
      statement: "the CPU figures are impossible: 1.82 cores of a quota of 1.5",
    });
    expect(answer(figuresPossible, { check: fine })).toBe("unknown");
  });

  it("holds the pods of a node against what the node has", () => {
    const pods = workload.pods.map(({ name }) => ({ ...podCpu.pods[0], pod: name, inBursts: 3 }));
    const all = workload.pods.map((pod) => ({ ...pod, node: nodes[0]?.name ?? "" }));
    const told = read(figuresPossible, {
      ...facts(0.9, 1.5),
      podCpu: { ...podCpu, pods },
      workload: { ...workload, pods: all },
    });
    expect(told.answer).toBe("no");
    expect(told.statement).toContain(`its pods use ${3 * all.length} cores of node ${nodes[0]?.name}`);
  });
});

describe("cpu-belongs-to-requests", () => {
  const check = (requests: Partial<CpuAndRequests>, missing: Partial<CpuCheckFact["missing"]> = {}) => ({
    check: {
      ...fine,
      missing: { ...fine.missing, ...missing },
      requests: { ...(fine.requests as CpuAndRequests), ...requests },
    },
  });
  it.each([
    ["at once", check({}), "yes"],
    ["two minutes off and clearly better", check({ atOnce: 0.3, lag: 2, atLag: 0.8 }), "no"],
    ["one minute off", check({ atOnce: 0.3, lag: 1, atLag: 0.8 }), "yes"],
    ["off, and hardly better", check({ atOnce: 0.7, lag: 5, atLag: 0.85 }), "yes"],
    ["off, and following nothing anywhere", check({ atOnce: 0.1, lag: 5, atLag: 0.5 }), "yes"],
    ["at once at a fraction of the usual cost", check({ costInside: 0.07 }), "unclear"],
    ["at once at half of the usual cost", check({ costInside: 0.1 }), "yes"],
    ["samples lost when busy", check({}, { inside: 25 }), "unclear"],
    ["samples lost always", check({}, { inside: 25, outside: 250 }), "yes"],
    ["few samples lost", check({}, { inside: 15 }), "yes"],
    ["most of the episodes unseen", check({}, { inside: 60, outside: 600 }), "unclear"],
    ["too few minutes", { check: { ...fine, requests: null } }, "unknown"],
  ] as const)("%s: %s", (_, facts, expected) => {
    expect(answer(cpuBelongs, facts)).toBe(expected);
  });

  it("a shift that is no longer than the requests is theirs", () => {
    const span = { start: 0, end: 600 };
    const average = { start: 0, step: 60, values: new Array<number>(10).fill(100) };
    const facts = {
      ...check({ atOnce: 0.3, lag: 3, atLag: 0.8 }),
      metric: { average } as unknown as LatencyFact,
      episodes: { episodes: [{ burst: span }] },
    };
    expect(answer(cpuBelongs, facts)).toBe("yes");
  });
});

describe("cpuAndRequests", () => {
  const wave = (shift: number): Series => ({
    start: shift * 60,
    step: 60,
    values: Array.from({ length: 120 }, (_, minute) => (minute % 17 < 4 ? 10 : 1)),
  });
  it.each([-4, 0, 3])("finds a shift of %d min", (shift) => {
    const found = cpuAndRequests([wave(-shift)], wave(0), () => false);
    expect(found).toMatchObject({ lag: shift });
    expect(found?.atLag).toBeCloseTo(1, 9);
  });

  it("says nothing of half an hour, nor of a flat line", () => {
    const short = { ...wave(0), values: wave(0).values.slice(0, 29) };
    expect(cpuAndRequests([short], short, () => false)).toBeNull();
    const flat = { ...wave(0), values: new Array<number>(120).fill(1) };
    expect(cpuAndRequests([flat], wave(0), () => false)).toBeNull();
  });
});

describe("serving-container-works", () => {
  const containers = [{ name: "app", plateau: 1, limit: 2, throttledShare: null, role: "serving" }];
  it.each([
    [{ containers }, "yes"],
    [{ containers, container: "proxy" }, "no"],
    [{}, "unknown"],
  ] as const)("%j: %s", (podCpu, expected) => {
    expect(answer(servingWorks, { podCpu })).toBe(expected);
  });
});

describe.each([
  ["nodes-stalled", nodesStalled, "iowaitInBursts", [0.09, 0.1, 0.24, 0.25]],
  ["nodes-stolen", nodesStolen, "stealInBursts", [0.04, 0.05, 0.19, 0.2]],
] as const)("%s", (_, signal, field, [none, little, much, most]) => {
  const nodes = (share: number | null) => ({
    nodes: [
      { pods: 1, [field]: share },
      { pods: 0, [field]: 0.9 },
    ],
  });
  it.each([
    [none, "no"],
    [little, "unclear"],
    [much, "unclear"],
    [most, "yes"],
    [null, "unknown"],
  ] as const)("%s: %s", (share, expected) => {
    expect(answer(signal, nodes(share))).toBe(expected);
  });
});
