import { describe, expect, it } from "vitest";
import latency from "../../playbooks/alarms/latency/playbook.ts";
import autoscalerThatActs from "../../playbooks/fixes/autoscaler-that-acts/fix.ts";
import ipTargets from "../../playbooks/fixes/ip-targets-and-least-outstanding/fix.ts";
import moreReplicas from "../../playbooks/fixes/more-replicas/fix.ts";
import moreWorkers from "../../playbooks/fixes/more-workers/fix.ts";
import spreadPods from "../../playbooks/fixes/spread-pods/fix.ts";
import type { Facts, WorkloadFact } from "../../src/model/facts.ts";
import type { Fix, Hypothesis } from "../../src/model/judgement.ts";
import { judgedOf } from "../judged.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

const HYPOTHESES: readonly Hypothesis[] = [
  {
    cause: "deploy-regression",
    title: "the deploy of v1.14.3-prod",
    claim: "",
    status: "rejected",
    because: "8 of 9 episodes are older than it",
    evidence: ["rollouts.latest"],
    explains: [],
  },
];

function fixOf(definition: typeof moreWorkers, facts: Partial<Facts> = mainFacts()): Fix {
  const fix = definition.propose(facts, MAIN_VERDICT, HYPOTHESES);
  if (!fix) throw new Error(`${definition.id} is not offered`);
  return fix;
}

const patchOf = (fix: Fix, target: string) => {
  const change = fix.changes.find((one) => one.target.startsWith(target));
  if (!change) throw new Error(`${fix.id} changes no ${target}`);
  return JSON.parse(change.patch);
};

const text = (fix: Fix) => [...(fix.arithmetic ?? []), fix.why, fix.title].join("\n");

describe("the main incident's own fix comes out of the arithmetic", () => {
  it("two workers, with two cores, 1500m and 5Gi (000 H3, H4)", () => {
    const fix = fixOf(moreWorkers);
    const [container] = patchOf(fix, "Deployment").spec.template.spec.containers;
    expect(container).toEqual({
      name: "data-service",
      resources: { limits: { cpu: "2000m" }, requests: { cpu: "1500m", memory: "5Gi" } },
    });
    expect(patchOf(fix, "ConfigMap").data["gunicorn.conf.py"]).toContain("workers = 2\n");
    expect(text(fix)).toContain("2 workers need 2 cores");
    expect(text(fix)).toContain("it would have stayed OK");
  });

  it("50 % sees 60 % at 0.9 of 1.5 cores and asks for a fifth pod; at most ten (000 H7, H8)", () => {
    const fix = fixOf(autoscalerThatActs);
    expect(patchOf(fix, "HorizontalPodAutoscaler").spec).toEqual({
      maxReplicas: 10,
      targetCPUUtilizationPercentage: 50,
    });
    expect(text(fix)).toContain("show 60 % of a request of 1.5 cores");
    expect(text(fix)).toContain("ceil(4 × 1.2) = 5 pods");
  });

  it("two pods a node, CPU binds, five nodes for ten (000 J4, J5)", () => {
    expect(text(fixOf(autoscalerThatActs))).toMatch(
      /2 pods a node \(CPU binds\), so 10 pods need 5 nodes of today's 10/,
    );
  });

  it("the node groups reach as far as ten pods need, so nobody has to look (000 J3)", () => {
    const fix = fixOf(autoscalerThatActs);
    expect(text(fix)).toContain(
      "10 pods need 5 nodes; the node groups reach 14 (general-on-demand 4 and general-spot 10)",
    );
    expect(fix.preconditions.join("\n")).not.toMatch(/node group/);
  });

  it("a soft spread over host names (000 H9)", () => {
    expect(patchOf(fixOf(spreadPods), "Deployment").spec.template.spec.topologySpreadConstraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { app: "data-service" } },
      },
    ]);
  });

  it("refuses least outstanding requests, warns against the probe, and does not roll back (000 E5, H10, C5)", () => {
    const refused = Object.fromEntries((fixOf(moreWorkers).notOffered ?? []).map(({ id, because }) => [id, because]));
    expect(refused["least-outstanding-requests"]).toMatch(/kube-proxy picks a pod at random/);
    expect(refused["least-outstanding-requests"]).toMatch(/were equally busy/);
    expect(refused["readiness-probe"]).toMatch(/all 4 pods would fail it at once/);
    expect(refused["quota-alone"]).toMatch(/0.9 cores of 1.5/);
    expect(refused["roll-back"]).toMatch(/8 of 9 episodes are older/);
    expect(ipTargets.propose(mainFacts(), MAIN_VERDICT, HYPOTHESES)).toBeNull();
  });

  it("offers these three, then the alarm, and nothing else", () => {
    const offered = latency.fixes.flatMap((fix) => fix.propose(mainFacts(), MAIN_VERDICT, HYPOTHESES) ?? []);
    expect(offered.map(({ id }) => id)).toEqual([
      "more-workers",
      "autoscaler-that-acts",
      "spread-pods",
      "steadier-alarm",
    ]);
  });
});

describe("another incident of the same shape gets its own numbers", () => {
  const withGroups = (nodeGroups: Facts["nodeGroups"], change: Partial<Facts["nodes"][number]> = {}) => {
    const facts = mainFacts();
    return fixOf(autoscalerThatActs, {
      ...facts,
      nodeGroups,
      nodes: facts.nodes.map((node) => ({ ...node, ...change })),
    });
  };
  const group = (name: string, max: number | null) => ({ name, min: 1, max, current: 3 });
  const needed = (fix: Fix) => fix.preconditions.join("\n");

  it("of node groups that do not reach: their maximum comes first", () => {
    const fix = withGroups([group("general-spot", 3), group("general-on-demand", 1)]);
    expect(needed(fix)).toContain(
      "the node groups' maximum goes up first: 10 pods need 5 nodes for themselves alone, the groups reach 4",
    );
  });

  it("of a group without these pods that would be needed as well: whether they may stand there", () => {
    const fix = withGroups([group("general", 3), group("batch", 20)], { group: "general" });
    expect(needed(fix)).toMatch(/may run on every node group .*, and the groups that hold them today reach 3/);
    expect(text(fix)).toContain("the node groups reach 23");
  });

  it.each([
    ["no group is known", undefined, {}],
    ["a maximum is not known", [group("general-spot", 10), group("general-on-demand", null)], {}],
    ["the pods' nodes belong to another tool", [group("general-spot", 10)], { group: "karpenter-pool" }],
  ])("where %s, one has to look", (_, groups, change) => {
    const facts = mainFacts();
    const { nodeGroups: __, ...rest } = facts;
    const nodes = facts.nodes.map((node) => ({ ...node, ...change }));
    const fix = fixOf(autoscalerThatActs, { ...rest, nodes, ...(groups ? { nodeGroups: groups } : {}) });
    expect(needed(fix)).toMatch(/the node groups may grow to 5 nodes for these pods alone: look at their maximum/);
    expect(text(fix)).not.toContain("the node groups reach");
  });

  it("of nodes twice as large", () => {
    const facts = mainFacts();
    const nodes = facts.nodes.map((node) => ({ ...node, allocatableCpu: 7.9, allocatableMemory: 30 * 2 ** 30 }));
    const fix = fixOf(moreWorkers, { ...facts, nodes });
    // (7.9 − 0.4) × 0.9 / 6 pods a node = 1.125, which is below today's 1.2: the request is not lowered.
    expect(patchOf(fix, "Deployment").spec.template.spec.containers[0].resources.requests.cpu).toBe("1200m");
  });

  it("of requests that come twice as fast: more workers", () => {
    const facts = mainFacts();
    const twice = (metric: Facts["guiltyMetric"]) => ({
      ...metric,
      requests: { ...metric.requests, values: metric.requests.values.map((value) => (value ?? 0) * 2) },
    });
    const faster = { ...facts.demand, cpuPerRequest: 0.45 };
    const fix = fixOf(moreWorkers, {
      ...facts,
      demand: faster,
      guiltyMetric: twice(facts.guiltyMetric),
      judged: judgedOf(facts.alarm, twice(facts.alarmMetric)),
    });
    expect(patchOf(fix, "ConfigMap").data["gunicorn.conf.py"]).toMatch(/workers = [34]\n/);
  });

  it("of a memory limit that two workers would meet: the limit moves too", () => {
    const facts = mainFacts();
    const serving = { ...facts.workload.serving, memoryLimit: 4 * 2 ** 30 };
    const fix = fixOf(moreWorkers, { ...facts, workload: { ...facts.workload, serving } });
    expect(patchOf(fix, "Deployment").spec.template.spec.containers[0].resources.limits.memory).toBe("6Gi");
  });
});

it("more pods, for a server whose workers are no setting, with the autoscaler's own bounds as the way back", () => {
  const facts = mainFacts();
  const sources = facts.workers.sources.filter(({ from }) => from === "process list");
  const fix = fixOf(moreReplicas, { ...facts, workers: { ...facts.workers, server: "node", sources } });
  expect(patchOf(fix, "HorizontalPodAutoscaler").spec.minReplicas).toBeGreaterThan(4);
  expect(fix.rollback.join("\n")).toContain('{"spec":{"minReplicas":4,"maxReplicas":7}}');
});

describe("where the configuration lives", () => {
  const appliedBy = (by: WorkloadFact["appliedBy"]) => {
    const facts = mainFacts();
    return { ...facts, workload: { ...facts.workload, appliedBy: by } };
  };

  it.each(["argocd", "flux"] as const)("offers no live patch that %s would undo", (by) => {
    // An alarm is no Kubernetes object: what makes it, if anything does, is not told by the Deployment.
    for (const definition of latency.fixes.filter(({ id }) => id !== "steadier-alarm")) {
      const fix = definition.propose(appliedBy(by), MAIN_VERDICT, HYPOTHESES);
      for (const { command } of fix?.changes ?? [])
        expect(command).toMatch(/^kubectl patch --local -f MANIFEST\.yaml /);
      for (const command of fix?.rollback ?? []) expect(command).not.toMatch(/^kubectl (?!patch --local)/);
      if (fix) expect(fix.preconditions.join("\n")).toMatch(/undoes a patch by hand/);
    }
  });

  it("says that the pipeline's manifest and the chart's values must follow", () => {
    expect(fixOf(moreWorkers, appliedBy("kubectl")).preconditions[0]).toMatch(/manifest that the pipeline applies/);
    expect(fixOf(moreWorkers, appliedBy("helm")).preconditions[0]).toMatch(/chart's values/);
  });
});

describe("with something missing", () => {
  it.each(["podCpu", "workers", "demand", "judged"] as const)("offers no number that needs %s", (name) => {
    const { [name]: _, ...facts } = mainFacts();
    expect(moreWorkers.propose(facts, MAIN_VERDICT, HYPOTHESES)).toBeNull();
  });

  it("offers nothing for a cause that is not established", () => {
    const none = { ...MAIN_VERDICT, rootCause: null, confidence: "none" } as const;
    expect(latency.fixes.flatMap((fix) => fix.propose(mainFacts(), none, HYPOTHESES) ?? [])).toEqual([]);
  });
});
