import { expect, it } from "vitest";
import moreNodes from "../../playbooks/fixes/more-nodes/fix.ts";
import type { Facts } from "../../src/model/facts.ts";
import { MAIN_VERDICT, mainFacts } from "./main-facts.ts";

/** The main incident's nodes, those with pods full, in one group. */
function growth(nodeGroups?: Facts["nodeGroups"]): string {
  const { nodeGroups: _, ...facts } = mainFacts();
  const nodes = facts.nodes.map((node) => ({ ...node, group: "general", busyInBursts: node.pods > 0 ? 0.95 : null }));
  const known = { ...facts, nodes, ...(nodeGroups ? { nodeGroups } : {}) };
  const fix = moreNodes.propose(known, { ...MAIN_VERDICT, rootCause: "insufficient-capacity" }, []);
  return fix?.preconditions.at(-1) ?? "";
}

it.each([
  [
    "has room",
    [{ name: "general", min: 2, max: 12, current: 10 }],
    "the node groups may grow: general has 10 of at most 12 nodes",
  ],
  [
    "is at its maximum",
    [{ name: "general", min: 2, max: 10, current: 10 }],
    "the node groups' maximum goes up first: general has 10 of at most 10 nodes",
  ],
  [
    "is not among those known",
    [{ name: "other", min: 2, max: 10, current: 10 }],
    "the node group general may grow: aws eks describe-nodegroup shows its maximum",
  ],
  ["is not known", undefined, "the node group general may grow: aws eks describe-nodegroup shows its maximum"],
])("a group that %s", (_, groups, words) => {
  expect(growth(groups)).toBe(words);
});

const verdict = { ...MAIN_VERDICT, rootCause: "insufficient-capacity" } as const;

/** The main incident's nodes, those with pods full, in one group of a cluster that is known. */
function inCluster(more: Partial<Facts["nodes"][number]> = {}): Facts {
  const facts = mainFacts();
  const arn = facts.service.targetGroup;
  const group = { arn, name: "data", tags: { "elbv2.k8s.aws/cluster": "api-prod" } };
  return {
    ...facts,
    nodes: facts.nodes.map((node) => ({
      ...node,
      group: "general",
      busyInBursts: node.pods > 0 ? 0.95 : null,
      ...more,
    })),
    nodeGroups: [{ name: "general", min: 2, max: 10, current: 10 }],
    targetGroups: [group as unknown as Facts["targetGroups"][number]],
  };
}

it("is a command where the cluster and the node group are known, and advice where not", () => {
  const known = inCluster();
  const fix = moreNodes.propose(known, verdict, []);
  const [grow, request, pods] = fix?.changes ?? [];
  expect(grow?.command).toMatch(
    /^aws eks update-nodegroup-config --cluster-name api-prod --nodegroup-name general --scaling-config minSize=(\d+),maxSize=\1,desiredSize=\1$/,
  );
  expect(request?.target).toBe("Deployment default/data-service");
  expect(pods?.target).toMatch(/^HorizontalPodAutoscaler /);
  expect(moreNodes.propose({ ...known, targetGroups: [] }, verdict, [])?.changes).toEqual([]);
});

it("names no maximum where none is known: the command would take it down", () => {
  const { nodeGroups: _, ...facts } = inCluster();
  const fix = moreNodes.propose(facts, verdict, []);
  expect(fix?.changes[0]?.command).toMatch(/ --scaling-config minSize=(\d+),desiredSize=\1$/);
  expect(fix?.preconditions.at(-1)).toContain("aws eks describe-nodegroup shows it");
});

it("sizes no node pool of Karpenter, which has no size to set", () => {
  const fix = moreNodes.propose(inCluster({ groupKind: "pool" }), verdict, []);
  expect(fix?.changes).toEqual([]);
  expect(fix?.preconditions.join(" ")).not.toContain("eks");
  expect(fix?.preconditions.at(-1)).toContain("kubectl get nodepool general");
});
