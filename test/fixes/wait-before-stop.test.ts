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

describe("behind a Network Load Balancer", () => {
  const { loadBalancer, topology, service } = mainFacts();
  const flows = (known: Partial<Facts["topology"]>, hasPreStop = false, tags = {}) =>
    waitBeforeStop.propose(
      {
        workload: { ...workload, serving: { ...workload.serving, hasPreStop }, terminationGrace: 30 },
        loadBalancer: { ...loadBalancer, type: "network" },
        topology: { ...topology, targetType: "ip", deregistrationDelay: 5, endsConnections: true, ...known },
        service,
        suspect: { group: { arn: "arn:tg", name: "data" }, isOwn: true },
        targetGroups: [{ arn: "arn:tg", name: "data", tags } as unknown as Facts["targetGroups"][number]],
      },
      verdict,
      [],
    );

  it("waits for as long as new connections were seen to come, and so does the load balancer that closes them", () => {
    const fix = flows({});
    expect(fix?.changes[0]?.patch).toContain('"terminationGracePeriodSeconds": 150');
    expect(fix?.changes[1]?.command).toBe(
      "aws elbv2 modify-target-group-attributes --target-group-arn arn:tg --attributes Key=deregistration_delay.timeout_seconds,Value=120",
    );
    expect(fix?.rollback[1]).toMatch(/Value=5$/);
    expect(fix?.risk).toContain("A connection that lasts longer than 120 s is still broken");
    expect(fix?.notOffered).toEqual([]);
  });

  it("changes the delay where a controller keeps it: the Service's annotation", () => {
    const change = flows({}, false, { "service.k8s.aws/stack": "default/data" })?.changes[1];
    expect(change?.command).toContain("aws-load-balancer-target-group-attributes");
    expect(change?.patch).toContain("deregistration_delay.timeout_seconds=120");
  });

  it("leaves the delay that is long enough, or whose connections it does not close", () => {
    for (const known of [{ deregistrationDelay: 120 }, { endsConnections: false }, { endsConnections: null }])
      expect(flows(known)?.changes).toHaveLength(1);
  });

  it("changes the delay alone where a hook is there already, and nothing where neither is to be changed", () => {
    expect(flows({}, true)?.changes).toHaveLength(1);
    expect(flows({ endsConnections: false }, true)).toBeNull();
  });

  it("waits no longer than usual for nodes as targets: none leaves with a pod", () => {
    expect(flows({ targetType: "instance" })?.title).toContain("waits 15 s");
  });
});
