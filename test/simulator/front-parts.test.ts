import { describe, expect, it } from "vitest";
import { LEAD } from "../../simulator/clock.ts";
import type { World } from "../../simulator/world.ts";
import { drawn, sum } from "./drawn.ts";
import { minutes, page } from "./fronts.ts";

interface Permission {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly UserIdGroupPairs: readonly { readonly GroupId: string }[];
}

/** Whether the targets' security group lets the load balancer reach its targets' port. */
function admits(world: World, port: number): boolean {
  const [balancer, targets] = page<{ SecurityGroups: { GroupId: string; IpPermissions: Permission[] }[] }>(
    world,
    "ec2",
    "DescribeSecurityGroups",
    {},
  ).SecurityGroups;
  return (targets?.IpPermissions ?? []).some(
    ({ FromPort = 0, ToPort = 0, UserIdGroupPairs }) =>
      FromPort <= port && port <= ToPort && UserIdGroupPairs.some(({ GroupId }) => GroupId === balancer?.GroupId),
  );
}

describe("what the parts of a world have to do with each other", () => {
  it("what a security group or a network ACL drops is to be seen in its rules, and in no other", () => {
    const seen = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { world, scenario } = drawn("barred-on-application", seed);
      const { focus, faults } = scenario;
      const port = focus.targetType === "ip" ? focus.targetPort : focus.nodePort;
      const acls = page<{ NetworkAcls: { Entries: { RuleAction: string; RuleNumber: number }[] }[] }>(
        world,
        "ec2",
        "DescribeNetworkAcls",
        {},
      ).NetworkAcls;
      const denies = acls
        .flatMap(({ Entries }) => Entries)
        .some((one) => one.RuleAction === "deny" && one.RuleNumber < 100);
      return { by: faults?.blocked?.[0]?.by, admits: admits(world, port), denies };
    });
    for (const { by, admits: open, denies } of seen) {
      expect(open).toBe(by === "network ACL");
      expect(denies).toBe(by === "network ACL");
    }
    const { world, scenario } = drawn("sensitive-on-application", 1);
    const { focus } = scenario;
    expect(admits(world, focus.targetType === "ip" ? focus.targetPort : focus.nodePort)).toBe(true);
  });

  it("source ports run out only where more than 55,000 flows a minute come to each target", () => {
    const { world, scenario } = drawn("flash-on-network", 1);
    const errors = minutes(world, "PortAllocationErrorCount");
    const fresh = minutes(world, "NewFlowCount");
    expect(sum(errors)).toBeGreaterThan(0);
    for (const [minute, count] of errors.entries())
      if (count > 0) expect(fresh[minute]).toBeGreaterThan(0.9 * 55_000 * scenario.focus.replicas);
  });

  it("a Classic Load Balancer turns requests away only while its queue is full, and counts them as its 5xx", () => {
    const { world } = drawn("flash-on-classic", 1);
    const spilled = minutes(world, "SpilloverCount");
    const queue = minutes(world, "SurgeQueueLength", "Maximum");
    const own = minutes(world, "HTTPCode_ELB_5XX");
    expect(sum(spilled)).toBeGreaterThan(0);
    for (const [minute, count] of spilled.entries()) {
      if (count > 0) expect(queue[minute]).toBe(1024);
      expect(own[minute]).toBeGreaterThanOrEqual(count);
    }
  });

  it("each of two pods in one zone gets a quarter of all flows, each of six in the other a twelfth", () => {
    const { world, scenario } = drawn("cross-zone-on-flows", 1);
    const { servedBy, pods } = world.truth;
    const counts = pods.map((_, pod) => servedBy.filter((by) => by === pod).length / servedBy.length);
    const lone = pods.map(({ node }) => scenario.nodes[node]?.zone === scenario.place.zones[0]);
    for (const [pod, share] of counts.entries()) expect(share).toBeCloseTo(lone[pod] ? 0.25 : 1 / 12, 1);
    expect(lone.filter(Boolean).length).toBe(2);
  });

  it("a deregistration that cuts off after 5 s resets connections right after a pod leaves, and at no other time", () => {
    const { world, scenario } = drawn("abrupt-on-flows", 2);
    const resets = minutes(world, "TCP_ELB_Reset_Count");
    const leaving = new Set(world.truth.pods.flatMap(({ left }) => (left === null ? [] : Math.floor((left + 5) / 60))));
    const share = (scenario.loadBalancer.standing ?? 0) / (scenario.focus.replicas + 1);
    for (const [minute, count] of resets.entries())
      if (leaving.has(minute)) expect(count).toBeGreaterThan(0.5 * share);
      else expect(count).toBeLessThan(0.2 * share);
    const attributes = page<{ Attributes: { Key: string; Value: string }[] }>(
      world,
      "elbv2",
      "DescribeTargetGroupAttributes",
      { TargetGroupArn: world.arns.targetGroups[0] },
    ).Attributes;
    expect(attributes).toContainEqual({ Key: "deregistration_delay.timeout_seconds", Value: "5" });
  });

  it("the port of a Local Service's check is the one that its target group checks", () => {
    const { world } = drawn("local-policy-unhealthy", 1);
    const services = page<{ items: { spec: { healthCheckNodePort?: number; externalTrafficPolicy?: string } }[] }>(
      world,
      "kubernetes",
      "list",
      { apiVersion: "v1", resource: "services" },
    ).items;
    const local = services.find(({ spec }) => spec.externalTrafficPolicy === "Local");
    const [group] = page<{ TargetGroups: { HealthCheckPort: string }[] }>(world, "elbv2", "DescribeTargetGroups", {
      LoadBalancerArn: world.arns.loadBalancer,
    }).TargetGroups;
    expect(local?.spec.healthCheckNodePort).toBe(Number(group?.HealthCheckPort));
    const states = page<{ TargetHealthDescriptions: { TargetHealth: { State: string } }[] }>(
      world,
      "elbv2",
      "DescribeTargetHealth",
      { TargetGroupArn: world.arns.targetGroups[0] },
    ).TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth.State);
    const homes = new Set(world.truth.pods.map(({ node }) => node));
    expect(states.filter((state) => state === "healthy").length).toBe(homes.size);
  });

  it("a certificate that has expired fails its clients from that minute on, and ACM says so", () => {
    const { world, scenario } = drawn("certificate-expired", 1);
    const certificate = scenario.loadBalancer.listener?.certificate;
    const [listed] = page<{ Certificates: { CertificateArn: string }[] }>(
      world,
      "elbv2",
      "DescribeListenerCertificates",
      { ListenerArn: world.arns.listener },
    ).Certificates;
    const { Certificate } = page<{ Certificate: { NotAfter: string; Status: string } }>(
      world,
      "acm",
      "DescribeCertificate",
      { CertificateArn: listed?.CertificateArn },
    );
    const minute = Math.ceil(((certificate?.expires ?? 0) + LEAD) / 60);
    expect(Certificate.Status).toBe("EXPIRED");
    expect(Date.parse(Certificate.NotAfter) / 1000).toBeCloseTo(world.start + LEAD + (certificate?.expires ?? 0), -1);
    const errors = minutes(world, "ClientTLSNegotiationErrorCount");
    expect(Math.min(...errors.slice(minute + 1))).toBeGreaterThan(5 * Math.max(...errors.slice(0, minute - 1)));
  });

  it("an alarm on a target group that is gone sees nothing, and the load balancer has others", () => {
    const { world, scenario } = drawn("alarm-on-gone-group", 3);
    expect(world.alarmMetric.every((value) => value === null)).toBe(true);
    expect(world.arns.targetGroupDimensions).not.toContain(scenario.alarm.dimensions?.TargetGroup);
  });

  it("requests of a rule that was added are missing where they belong, and answered 4xx where they go", () => {
    const { world, scenario } = drawn("misrouted-requests", 1);
    const at = scenario.faults?.clientErrors?.[0]?.at ?? 0;
    const minute = Math.ceil((at + LEAD) / 60) + 1;
    const counts = (group: number) => {
      const { offsets } = world.groups[group] ?? { offsets: new Int32Array() };
      const read = (from: number, to: number) => ((offsets[to] ?? 0) - (offsets[from] ?? 0)) / (to - from);
      return { before: read(30, minute - 3), after: read(minute, world.minutes) };
    };
    const [own, victim] = [counts(0), counts(1)];
    expect(victim.after).toBeLessThan(0.8 * victim.before);
    expect(own.after - own.before).toBeGreaterThan(0.7 * (victim.before - victim.after));
  });
});
