import { describe, expect, it } from "vitest";
import bringTargetsBack from "../../playbooks/fixes/bring-targets-back/fix.ts";
import checkThatFits from "../../playbooks/fixes/check-that-fits/fix.ts";
import openTheWay from "../../playbooks/fixes/open-the-way/fix.ts";
import type { NetworkRules, SecurityRule, TargetFact, TargetGroupFact } from "../../src/model/facts.ts";
import type { Fix, Verdict } from "../../src/model/judgement.ts";
import type { FixDefinition } from "../../src/model/playbook.ts";
import type { Cause } from "../../src/model/vocabulary.ts";
import { episodes, level, metric } from "../signals/facts.ts";
import { suspect } from "../signals/groups.ts";

const ARN = "arn:shop";

function proposed(fix: FixDefinition, rootCause: Cause, facts: object): Fix | null {
  const verdict = { rootCause, confidence: "confirmed" } as Verdict;
  return fix.propose({ ...suspect("shop"), ...facts } as never, verdict, []);
}

const group = (
  healthCheck: Partial<TargetGroupFact["healthCheck"]> = {},
  tags = {},
): { targetGroups: TargetGroupFact[] } => ({
  targetGroups: [
    {
      arn: ARN,
      name: "shop",
      targetType: "ip",
      protocol: "HTTP",
      port: 8080,
      healthCheck: {
        path: "/health",
        matcher: "200",
        interval: 10,
        timeout: 2,
        unhealthy: 2,
        healthy: 2,
        ...healthCheck,
      },
      tags,
    },
  ],
});
const targets = (...known: readonly (readonly [state: string, reason: string | null])[]) => ({
  topology: {
    targets: known.map(
      ([state, reason], index): TargetFact => ({ id: `10.0.1.${index}`, port: 8080, zone: null, state, reason }),
    ),
  },
});

describe("a check that fits", () => {
  /** A minute of the episodes took so long on average. */
  const slow = (seconds: number) => ({ ...episodes(), metric: metric({ average: level(0.1, seconds) }).guiltyMetric });
  const of = (facts: object) => proposed(checkThatFits, "health-check-flapping", facts);

  it("waits for twice the slowest minute, and wants three failures in a row", () => {
    const fix = of({ ...group(), ...slow(1.6) });
    expect(fix?.changes[0]?.command).toBe(
      `aws elbv2 modify-target-group --target-group-arn ${ARN} --health-check-timeout-seconds 5 --health-check-interval-seconds 10 --unhealthy-threshold-count 3`,
    );
    expect(fix?.rollback[0]).toContain(
      "--health-check-timeout-seconds 2 --health-check-interval-seconds 10 --unhealthy-threshold-count 2",
    );
    expect(fix?.arithmetic?.join()).toContain("5 s");
  });
  it("keeps the interval above the timeout", () => {
    expect(of({ ...group(), ...slow(6) })?.changes[0]?.patch).toBe(
      "HealthCheckTimeoutSeconds: 13, HealthCheckIntervalSeconds: 14, UnhealthyThresholdCount: 3",
    );
  });
  it("is refused where it waits long enough already", () => {
    const fix = of({ ...group({ timeout: 5, unhealthy: 3 }), ...slow(0.2) });
    expect(fix?.changes).toEqual([]);
    expect(fix?.notOffered?.[0]?.id).toBe("longer-timeout");
  });
  it("is no matter of time where the code does not match", () => {
    const fix = of({ ...group(), ...slow(1.6), ...targets(["unhealthy", "Target.ResponseCodeMismatch"]) });
    expect(fix?.changes).toEqual([]);
    expect(fix?.preconditions.join()).toContain("a code other than 200");
  });
  it("is set where the controller reads it", () => {
    const fix = of({ ...group({}, { "ingress.k8s.aws/stack": "shop" }), ...slow(1.6) });
    expect(fix?.preconditions.join()).toContain("unhealthy-threshold-count");
  });
  it("is for busy targets that answer it late as well, with the probe and the load told", () => {
    const fix = proposed(checkThatFits, "health-check-cascade", { ...group(), ...slow(1.6) });
    expect(fix?.changes[0]?.command).toContain("--health-check-timeout-seconds 5");
    expect(fix?.why).toContain("Busy targets answer it too late");
    expect(fix?.preconditions.join()).toContain("readiness probe");
    expect(of({ ...group(), ...slow(1.6) })?.preconditions.join()).not.toContain("readiness probe");
  });
  it("is for no other cause", () => {
    expect(proposed(checkThatFits, "no-healthy-targets", { ...group(), ...slow(1.6) })).toBeNull();
  });
});

describe("targets that come back", () => {
  const of = (facts: object) => proposed(bringTargetsBack, "no-healthy-targets", { ...group(), ...facts });

  it("follow from no command, but from their reasons", () => {
    const fix = of(targets(["unhealthy", "Target.Timeout"], ["unhealthy", "Target.Timeout"]));
    expect(fix?.changes).toEqual([]);
    expect(fix?.preconditions.join("\n")).toContain(`--target-group-arn ${ARN}`);
    expect(fix?.preconditions.join("\n")).toContain("Target.Timeout: packets are dropped");
    expect(fix?.notOffered?.[0]?.because).toContain("Target.Timeout");
  });
  it("are to be registered where there is none, and the pods say why", () => {
    const workload = { kind: "Deployment", namespace: "shop", name: "shop", pods: [], replicas: 0 };
    const fix = of({ ...targets(), workload });
    expect(fix?.title).toBe("register targets with shop");
    expect(fix?.preconditions.join()).toContain("has no pod");
  });
});

describe("a way that is opened", () => {
  const rule = (groups: readonly string[]): SecurityRule => ({
    protocol: "tcp",
    ports: { from: 8080, to: 8080 },
    groups,
    cidrs: [],
    prefixLists: [],
  });
  const network = (inbound: readonly SecurityRule[]): NetworkRules => ({
    balancer: [{ id: "sg-lb", name: null, inbound: [], outbound: [rule(["sg-t"])] }],
    targets: [{ id: "sg-t", name: null, inbound, outbound: [] }],
    interfaces: [{ id: "eni", subnet: "t", addresses: ["10.0.1.5"], instance: null, isFirst: null, groups: ["sg-t"] }],
    balancerSubnets: [{ id: "lb", zone: null, cidr: "10.0.0.0/24", free: null }],
    targetSubnets: [{ id: "t", zone: null, cidr: "10.0.1.0/24", free: null }],
    acls: [],
    ports: [8080],
    unfound: 0,
  });
  const of = (facts: object) => proposed(openTheWay, "blocked-by-network", facts);
  const permission = `'[{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"UserIdGroupPairs":[{"GroupId":"sg-lb"}]}]'`;

  it("is the rule that is missing between the two groups, and can be closed again", () => {
    const fix = of({ rules: network([]) });
    expect(fix?.changes.map(({ command }) => command)).toEqual([
      `aws ec2 authorize-security-group-ingress --group-id sg-t --ip-permissions ${permission}`,
    ]);
    expect(fix?.rollback).toEqual([
      `aws ec2 revoke-security-group-ingress --group-id sg-t --ip-permissions ${permission}`,
    ]);
  });
  it("is not a security group where those let it through", () => {
    const fix = of({ rules: network([rule(["sg-lb"])]) });
    expect(fix?.changes).toEqual([]);
    expect(fix?.preconditions.join()).toContain("NetworkPolicies");
    expect(fix?.notOffered?.[0]?.id).toBe("wider-security-group");
  });
  it("is looked for where the rules were not read", () => {
    const fix = of({});
    expect(fix?.changes).toEqual([]);
    expect(fix?.preconditions.join()).toContain("aws ec2 describe-security-groups");
  });
});
