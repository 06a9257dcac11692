import { expect, it } from "vitest";
import singleReplica from "../../playbooks/factors/single-replica/factor.ts";
import { mainFacts } from "../fixes/main-facts.ts";

const found = (replicas: number, running: number) => {
  const { workload } = mainFacts();
  const pods = workload.pods.slice(0, running);
  return singleReplica.find({ workload: { ...workload, replicas, pods } } as never)?.statement ?? null;
};

it("is there where one pod is wanted and one is there", () => {
  expect(found(1, 1)).toMatch(/^Deployment default\/data-service has 1 pod/);
});

it.each([
  [2, 1],
  [1, 2],
  [2, 2],
])("is not where %i are wanted and %i are there", (replicas, running) => {
  expect(found(replicas, running)).toBeNull();
});
