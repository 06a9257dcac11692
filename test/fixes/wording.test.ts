import { describe, expect, it } from "vitest";
import exemptLongPoll from "../../playbooks/fixes/exempt-long-poll/fix.ts";
import raiseQuota from "../../playbooks/fixes/raise-quota/fix.ts";
import type { Facts, GroupLoad } from "../../src/model/facts.ts";
import { forecastQuota } from "../../src/remedy/fleet-sizing.ts";
import { sizeWorkers } from "../../src/remedy/sizing.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

const load = (name: string, outside: number | null): GroupLoad =>
  ({ arn: name, name, requests: 900, inside: 3, outside, maximum: 9, worstAverage: 3 }) as GroupLoad;

describe("a long poll taken out of an alarm", () => {
  const exempted = (more: Partial<Facts["alarm"]>, others: readonly GroupLoad[]) => {
    const facts = mainFacts();
    const guilty = load("poll", 55);
    const blame = { ...facts.blame, groups: [guilty, ...others], guilty };
    const verdict = { ...MAIN_VERDICT, rootCause: "long-poll-held-open" } as const;
    const fix = exemptLongPoll.propose({ ...facts, blame, alarm: { ...facts.alarm, ...more } }, verdict, []);
    return fix?.preconditions.join("\n") ?? "";
  };

  it("is taken out of the composite alarm's rule first, where one stands on it", () => {
    expect(exempted({ composite: "page" }, [])).toContain("the rule of the composite alarm page names k8s-");
    expect(exempted({}, [])).not.toContain("composite");
  });

  it("says whose own alarm would never be OK at today's threshold", () => {
    const said = exempted({ threshold: 0.8 }, [load("slow", 1.4), load("always", null), load("quick", 0.1)]);
    expect(said).toMatch(/slow takes 1.4 s on average/);
    expect(said).toMatch(/always takes 3 s on average/);
    expect(said).not.toMatch(/quick/);
  });
});

describe("what holds the service once the quota is gone", () => {
  /** Throttled at one core of a quota of one, on nodes that are this busy. */
  const throttled = (busy: number): Facts => {
    const facts = mainFacts();
    return {
      ...facts,
      workers: { ...facts.workers, kind: "processes", workers: 3, quota: 1 },
      podCpu: { ...facts.podCpu, plateau: 1, throttledShare: 0.9 },
      workload: { ...facts.workload, serving: { ...facts.workload.serving, cpuLimit: 1 } },
      nodes: facts.nodes.map((node) => ({ ...node, busyInBursts: node.pods > 0 ? busy : null })),
    };
  };
  const said = (facts: Facts) =>
    raiseQuota.propose(facts, { ...MAIN_VERDICT, rootCause: "cpu-throttling" }, [])?.arithmetic?.join("\n") ?? "";

  it("is its nodes' CPU where they have no core for each worker, which more pods on them would not lift", () => {
    expect(said(throttled(0.7))).toMatch(/is the CPU of its nodes \(.*\): more pods lift it where they stand on other/);
  });

  it("is not said to be there where no node's CPU could be read", () => {
    const facts = throttled(0.7);
    const nodes = facts.nodes.map((node) => ({ ...node, busyInBursts: null }));
    const verdict = { ...MAIN_VERDICT, rootCause: "cpu-throttling" } as const;
    expect(raiseQuota.propose(facts, verdict, [])?.why).toContain("while the nodes have CPU to give");
    // Put into the pods as they are made: its limit stands in no object that is read.
    const injected = { ...facts, podCpu: { ...facts.podCpu, container: "istio-proxy" } };
    expect(raiseQuota.propose(injected, verdict, [])).toBeNull();
    expect(raiseQuota.propose({ ...facts, nodes }, verdict, [])?.why).toContain("is not known");
  });

  it("is never less than no CPU at all", () => {
    expect(forecastQuota(throttled(1.2), 2, true)?.cores).toBeGreaterThan(0);
  });
});

describe("memory for more workers", () => {
  const sized = (residentMemory: number, memoryLimit: number) => {
    const facts = mainFacts();
    const serving = { ...facts.workload.serving, memoryRequest: null, memoryLimit };
    const workload = { ...facts.workload, serving };
    return sizeWorkers({ ...facts, workload, workers: { ...facts.workers, residentMemory } });
  };
  const mebi = (count: number) => count * 2 ** 20;

  it.each([50, 110, 180, 330])("%d MiB a worker: no pod gets a limit below what its workers hold", (each) => {
    const sizing = sized(mebi(each), mebi(each + 20));
    const limit = sizing?.memoryLimit?.to ?? mebi(each + 20);
    expect(limit).toBeGreaterThan(mebi(each) * (sizing?.workers.to ?? 0));
    expect(sizing?.memoryRequest?.to).toBeGreaterThan(0);
  });
});
