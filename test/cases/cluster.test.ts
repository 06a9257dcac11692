import { beforeAll, describe, expect, it } from "vitest";
import { INCIDENTS } from "../../simulator/catalogue.ts";
import { scenarioFor } from "../../simulator/families.ts";
import { type Meddle, solveWorld } from "../../simulator/solve.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import type { Json } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { editItems, gap, said } from "./meddle.ts";

/*
 * Cases from public reports in which evidence was of something else. Each is made from a simulated world whose answers
 * take the shape that the report shows.
 */

let onNodes: World;
let onPods: World;
beforeAll(() => {
  onNodes = buildWorld(INCIDENTS["worker-ceiling"]());
  const scenario = scenarioFor("worker-concurrency-ceiling", 1);
  onPods = buildWorld({ ...scenario, focus: { ...scenario.focus, rollouts: [] } });
});

const factOf = (session: Session, id: string) => (session.facts as { readonly [id: string]: unknown })[id];

describe("the cluster", () => {
  it("another one, whose Service fits by its tags: nothing it says is given", async () => {
    const elsewhere = editItems("v1", "pods", (pod) => ({
      ...pod,
      status: { ...(pod.status as object), podIP: "192.0.2.1" },
    }));
    const noneAt = editItems("v1", "pods", () => null);
    const session = await solveWorld(onPods, (question, answer) =>
      ("fieldSelector" in question.input ? noneAt : elsewhere)(question, answer),
    );
    expect(factOf(session, "cluster")).toMatchObject({ verdict: "other", matched: 0, comparedWith: "pods" });
    expect(gap(session, "the targets are not this cluster's")?.what).toMatch(/\d targets?, none is a pod of it/);
    expect(gap(session, "the targets are not this cluster's")?.remedy).toContain(onPods.scenario.place.cluster);
    expect(session.facts.service).toBeUndefined();
    expect(session.facts.podCpu).toBeUndefined();
    expect(session.verdict?.rootCause).toBeNull();
  });

  it("in part: says which part, and goes on", async () => {
    let seen = 0;
    const session = await solveWorld(
      onNodes,
      editItems("v1", "nodes", (node) => {
        seen += 1;
        return seen % 10 === 1 ? { ...node, spec: { providerID: "aws:///eu-west-2a/i-0fffffffffffffff0" } } : node;
      }),
    );
    expect(factOf(session, "cluster")).toMatchObject({ verdict: "part", matched: 9, of: 10 });
    expect(said(session, "cluster.identity")).toMatch(/^9 of 10 targets are nodes of this cluster; i-\w+ is not$/);
    expect(session.facts.podCpu).toBeDefined();
    expect((await solveWorld(onNodes)).hypotheses.some(({ status }) => status === "confirmed")).toBe(true);
    expect(session.hypotheses.filter(({ status }) => status === "confirmed")).toEqual([]);
  });

  it("EC2 instances that no controller registered: no kube-proxy is invented, and no node in the way", async () => {
    const bare: Meddle = (question, answer) => {
      if (answer.status === "answered" && question.operation === "DescribeTags")
        return { ...answer, pages: answer.pages.map(() => ({ TagDescriptions: [] })) };
      return editItems("v1", "nodes", (node) => ({ ...node, spec: { providerID: "aws:///x/i-0fffffffffffffff0" } }))(
        question,
        answer,
      );
    };
    const session = await solveWorld(onNodes, bare);
    expect(session.facts.topology?.targetsAre).toBe("instances");
    expect(said(session, "target-topology.path")).not.toContain("kube-proxy");
    expect(session.factors.map(({ factor }) => factor)).not.toContain("instance-target-mode");
  });
});

describe("the Service and what is behind it", () => {
  const untagged: Meddle = (question, answer) => {
    if (answer.status !== "answered") return answer;
    if (question.operation === "DescribeTags") {
      const page = answer.pages[0] as { TagDescriptions: { ResourceArn: string }[] };
      const Tags = [{ Key: "eks:eks-cluster-name", Value: "blue-use" }];
      return {
        ...answer,
        pages: [{ TagDescriptions: page.TagDescriptions.map(({ ResourceArn }) => ({ ResourceArn, Tags })) }],
      };
    }
    return question.input.resource === "targetgroupbindings"
      ? { status: "failed", failure: { kind: "missing", message: "the cluster does not know targetgroupbindings" } }
      : answer;
  };

  it("eks-auto-mode: the targets' addresses prove it without a controller's tag or binding", async () => {
    const session = await solveWorld(onPods, untagged);
    expect(session.facts.service).toMatchObject({
      name: onPods.scenario.focus.service,
      proof: "target-addresses",
    });
    expect(factOf(session, "cluster")).toMatchObject({ verdict: "same", clusterTag: "blue-use" });
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("eks-auto-mode: pods that could not be read are not told as not there", async () => {
    const unread: Meddle = (question, answer) =>
      question.input.resource === "pods" && "fieldSelector" in question.input
        ? { status: "failed", failure: { kind: "forbidden", message: "pods is forbidden" } }
        : untagged(question, answer);
    const session = await solveWorld(onPods, unread);
    expect(session.facts.service).toBeUndefined();
    expect(gap(session, "no Service of this cluster is proven")?.what).toContain(
      "the pods at the targets' addresses could not be read",
    );
  });

  it.each([
    ["ingress.eks.amazonaws.com/resource", (ns: string, name: string, port: number) => `${ns}/web-${name}:${port}`],
    ["service.eks.amazonaws.com/resource", (ns: string, name: string, port: number) => `${ns}/${name}:${port}`],
    [
      "gateway.k8s.aws.alb/resource",
      (ns: string, name: string, port: number) => `infra/gw:${ns}-route:HTTPRoute-${ns}-${name}:${port}`,
    ],
  ])("by the tag %s", async (Key, value) => {
    const { namespace, service } = onPods.scenario.focus;
    const session = await solveWorld(onPods, (question, answer) => {
      if (answer.status !== "answered" || question.operation !== "DescribeTags") return untagged(question, answer);
      const page = answer.pages[0] as { TagDescriptions: { ResourceArn: string; Tags: { Value: string }[] }[] };
      const TagDescriptions = page.TagDescriptions.map(({ ResourceArn, Tags }) => {
        const own = Tags.find((tag) => tag.Value.includes(`-${service}:`));
        const port = Number(own?.Value.split(":").at(-1));
        return { ResourceArn, Tags: own ? [{ Key, Value: value(namespace, service, port) }] : [] };
      });
      return { ...answer, pages: [{ TagDescriptions }] };
    });
    expect(session.facts.service).toMatchObject({ name: service, proof: "tags" });
  });

  it("argo-rollout: pods of a Rollout's ReplicaSet are judged as a Deployment's are", async () => {
    const { deployment } = onPods.scenario.focus;
    const session = await solveWorld(onPods, (question, answer) => {
      const owned = editItems("apps/v1", "replicasets", (set) => ({
        ...set,
        metadata: renamed(set.metadata as Owned, deployment),
      }))(question, answer);
      return editItems("apps/v1", "deployments", (one) =>
        (one.metadata as { name: string }).name === deployment ? null : one,
      )(question, owned);
    });
    expect(session.facts.workload).toMatchObject({ kind: "Rollout", name: deployment });
    expect(session.facts.podCpu?.pods.length).toBeGreaterThan(0);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });

  it("a ReplicaSet that nothing owns is a workload of its own", async () => {
    const { deployment } = onPods.scenario.focus;
    const session = await solveWorld(onPods, (question, answer) => {
      const bare = editItems("apps/v1", "replicasets", (set) => ({
        ...set,
        metadata: { ...(set.metadata as object), ownerReferences: [] },
      }))(question, answer);
      return editItems("apps/v1", "deployments", () => null)(question, bare);
    });
    expect(session.facts.workload?.kind).toBe("ReplicaSet");
    expect(session.facts.workload?.name).toContain(deployment);
    expect(session.verdict?.rootCause).toBe("worker-concurrency-ceiling");
  });
});

interface Owned {
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

function renamed(metadata: Owned, name: string): object {
  const ownerReferences = (metadata.ownerReferences ?? []).map((owner) =>
    owner.name === name ? { ...owner, kind: "Rollout", apiVersion: "argoproj.io/v1alpha1" } : owner,
  );
  return { ...metadata, ownerReferences };
}

describe("the autoscaler", () => {
  it.each([
    [
      {
        type: "ContainerResource",
        containerResource: {
          name: "cpu",
          container: "data-service",
          target: { type: "Utilization", averageUtilization: 80 },
        },
      },
      "at 80 % of the CPU of container data-service",
    ],
    [
      { type: "Resource", resource: { name: "cpu", target: { type: "AverageValue", averageValue: "1800m" } } },
      "at 1.8 cores a pod",
    ],
  ])("hpa-container-resource: %j is told as what it is", async (metric, words) => {
    const session = await solveWorld(
      onNodes,
      editItems("autoscaling/v2", "horizontalpodautoscalers", (one) => ({
        ...one,
        spec: { ...(one.spec as object), metrics: [metric as Json] },
      })),
    );
    expect(said(session, "autoscaler.target")).toContain(words);
    const never = session.factors.some(({ factor }) => factor === "autoscaler-never-triggers");
    expect(never).toBe(metric.type === "ContainerResource");
  });
});

describe("a part of an answer", () => {
  it("names no target group", async () => {
    const session = await solveWorld(onNodes, (question, answer) =>
      question.operation === "GetMetricData" &&
      answer.status === "answered" &&
      JSON.stringify(question.input).includes("TargetGroup")
        ? { ...answer, cut: { kind: "throttled", message: "Rate exceeded" } }
        : answer,
    );
    expect(session.facts.blame).toBeUndefined();
    expect(gap(session, "are incomplete: which one is slow")).toBeDefined();
    expect(session.verdict?.rootCause).toBeNull();
  });
});
