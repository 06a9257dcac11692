import { describe, expect, it } from "vitest";
import waitBeforeStop from "../../playbooks/fixes/wait-before-stop/fix.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Verdict } from "../../src/model/judgement.ts";
import { mainFacts } from "./main-facts.ts";

const verdict = { rootCause: "abrupt-deregistration" } as Verdict;
const { workload } = mainFacts();

function proposed(known: Partial<Facts["workload"]>) {
  return waitBeforeStop.propose({ workload: { ...workload, ...known } }, verdict, []);
}

describe("a wait before a pod stops", () => {
  const serving = { ...workload.serving, hasPreStop: false };

  it("comes on top of the time that the pod has now: what takes long keeps it", () => {
    const patch = JSON.parse(proposed({ serving, terminationGrace: 120 })?.changes[0]?.patch ?? "{}");
    expect(patch.spec.template.spec).toEqual({
      terminationGracePeriodSeconds: 135,
      containers: [{ name: serving.name, lifecycle: { preStop: { exec: { command: ["sleep", "15"] } } } }],
    });
  });

  it("is not offered where a hook is there already, or where that is not known", () => {
    expect(proposed({ serving: { ...serving, hasPreStop: true }, terminationGrace: 30 })).toBeNull();
    expect(proposed({ serving: workload.serving, terminationGrace: 30 })).toBeNull();
    expect(proposed({ serving })).toBeNull();
  });
});
