import { expect, it } from "vitest";
import stopTheRestarts from "../../playbooks/fixes/stop-the-restarts/fix.ts";
import { groupFacts, said, verdictOf } from "./group-facts.ts";

const restarts = (reasons: readonly string[]) => ({
  restarts: [
    { pod: "data-1", at: 1000 },
    { pod: "data-2", at: 1600 },
    { pod: "data-1", at: 4600 },
  ],
  reasons,
});
const fixed = (reasons: readonly string[], more: Parameters<typeof groupFacts>[0] = {}) =>
  stopTheRestarts.propose(
    { ...groupFacts(more), restarts: restarts(reasons) } as never,
    verdictOf("restarting-pods"),
    [],
  );

it("is half as much memory again where the kernel killed the one container, and says what a leak would do", () => {
  const fix = fixed(["OOMKilled"]);
  expect(fix?.title).toBe("memory limit 6Gi → 9Gi");
  expect(fix?.changes[0]?.command).toContain(`"limits":{"memory":"9Gi"}`);
  expect(fix?.changes[0]?.command).not.toContain("requests");
  expect(said(fix)).toContain("a restart of the same pod every 1 h 30 min instead of 1 h");
});

it("raises a request that equals its limit with it", () => {
  const { workload } = groupFacts({});
  const serving = { ...workload.serving, memoryRequest: workload.serving.memoryLimit };
  const fix = fixed(["OOMKilled"], { workload: { serving, containers: [serving] } });
  expect(fix?.changes[0]?.command).toContain(`"requests":{"memory":"9Gi"}`);
});

it("makes up no change where the reason or the container is not known, and gives the commands", () => {
  const { workload } = groupFacts({});
  const two = { containers: [workload.serving, workload.serving] };
  const free = { ...workload.serving, memoryLimit: null };
  for (const fix of [
    fixed(["Error"]),
    fixed([]),
    fixed(["OOMKilled"], { workload: two }),
    fixed(["OOMKilled"], { workload: { serving: free, containers: [free] } }),
  ]) {
    expect(fix?.changes).toEqual([]);
    expect(said(fix)).toContain("kubectl describe pod data-1 -n default");
    expect(said(fix)).toContain("kubectl logs data-1 -n default --previous");
  }
});
