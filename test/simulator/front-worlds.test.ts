import { describe, expect, it } from "vitest";
import { evaluateAlarm } from "../../simulator/alarm.ts";
import { certificateArn, certificateOf } from "../../simulator/answers/acm.ts";
import { publishedValue } from "../../simulator/answers/published.ts";
import { balancerGroup, balancerSubnets, nodeGroup } from "../../simulator/answers/subnets.ts";
import { LEAD } from "../../simulator/clock.ts";
import { NAMESPACES, typeOf } from "../../simulator/front.ts";
import { Random } from "../../simulator/random.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { World } from "../../simulator/world.ts";
import { perhapsBlind } from "../../simulator/worlds/fronts.ts";
import type { WorldKind } from "../../simulator/worlds.ts";
import type { Typed } from "../../src/model/question.ts";
import { describeCertificate } from "../../src/sources/acm/questions.ts";
import { lookupEvents, lookupsFor } from "../../src/sources/cloudtrail/questions.ts";
import { describeAlarmHistory, describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import * as ec2 from "../../src/sources/ec2/questions.ts";
import * as elb from "../../src/sources/elb/questions.ts";
import { describeListeners, describeRules } from "../../src/sources/elbv2/listeners.ts";
import * as elbv2 from "../../src/sources/elbv2/questions.ts";
import * as kubernetes from "../../src/sources/kubernetes/questions.ts";
import { drawn, sum } from "./drawn.ts";
import { METRICS, PUBLISHED, SETS } from "./published.ts";

const KINDS: readonly (readonly [WorldKind, number])[] = [
  ["misrouted-requests", 1],
  ["scanners", 1],
  ["auth-errors", 1],
  ["flash-on-application", 2],
  ["flash-on-network", 1],
  ["flash-on-classic", 1],
  ["certificate-expired", 1],
  ["no-common-cipher", 3],
  ["target-handshakes", 2],
  ["alarm-without-data", 1],
  ["proxy-protocol", 1],
  ["local-policy-unseen", 1],
  ["idle-timeout-on-flows", 1],
  ["abrupt-on-flows", 2],
  ["restarts-on-flows", 2],
  ["cross-zone-on-flows", 1],
  ["flapping-on-network", 1],
  ["no-targets-on-network", 1],
  ["no-targets-on-classic", 1],
  ["no-targets-on-instances", 1],
  ["barred-on-network", 1],
  ["errors-on-classic", 1],
  ["sensitive-on-gateway", 1],
];

interface Described {
  readonly MetricName: string;
  readonly Namespace: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period: number;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** The first page of an answer, which the vendor gives for certain. */
function page<T>(world: World, source: string, operation: string, input: object): T {
  const { seen, ...rest } = world.scenario;
  const { missing: _, ...kept } = seen ?? {};
  const whole = { ...world, scenario: { ...rest, ...(seen && { seen: kept }) } };
  const answer = new WorldSource(whole).answer({ source, operation, input: input as never });
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return answer.pages[0] as T;
}

function dimensionsOf(world: World, set: string, zone: string): { readonly [name: string]: string } {
  const { loadBalancerDimension, targetGroupDimensions } = world.arns;
  const parts = set.split(",");
  const balancer = typeOf(world.scenario) === "classic" ? "LoadBalancerName" : "LoadBalancer";
  return {
    ...(parts.includes("AZ") ? { AvailabilityZone: zone } : {}),
    ...(parts.includes("LB") ? { [balancer]: loadBalancerDimension } : {}),
    ...(parts.includes("TG") ? { TargetGroup: targetGroupDimensions[0] ?? "" } : {}),
  };
}

/** A metric's minutes, 0 where there is none. */
function minutes(world: World, metric: string, statistic = "Sum", set = "LB", zone = ""): number[] {
  const namespace = NAMESPACES[typeOf(world.scenario)];
  const dimensions = dimensionsOf(world, set, zone);
  return Array.from(
    { length: world.minutes },
    (_, minute) => publishedValue(world, namespace, metric, dimensions, statistic, world.start + minute * 60, 60) ?? 0,
  );
}

/** What minutes make of the period that ends with each of them. */
const FOLDS: { readonly [statistic: string]: (values: readonly number[]) => number } = {
  Sum: (values) => sum(values),
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
};

describe.each(KINDS)("%s", (kind, seed) => {
  const { scenario, judgement, world } = drawn(kind, seed);
  const type = typeOf(scenario);

  it("says of each answer one thing", () => {
    const answers = [judgement.truth, ...judgement.accept, ...judgement.never];
    expect(new Set(answers).size).toBe(answers.length);
    expect(scenario.cause).toBe(judgement.truth);
    expect(scenario.name).toBe(`${kind}-${seed}`);
  });

  it("has no metric, and no dimension set, that AWS does not publish", () => {
    const namespace = NAMESPACES[type];
    const zone = scenario.place.zones[0] ?? "";
    const at = world.start + 120 * 60;
    const found = METRICS.flatMap((metric) =>
      SETS.filter((set) => {
        const dimensions = dimensionsOf(world, set, zone);
        return ["Sum", "Maximum"].some(
          (statistic) => publishedValue(world, namespace, metric, dimensions, statistic, at, 3600) !== null,
        );
      }).map((set) => `${metric} ${set}`),
    );
    const published = Object.entries(PUBLISHED[namespace] ?? {}).flatMap(([metric, sets]) =>
      sets.map((set) => `${metric} ${set}`),
    );
    expect(found.filter((one) => !published.includes(one))).toEqual([]);
    expect(found.length).toBeGreaterThan(8);
  });

  it("zones add up to the load balancer", () => {
    const counts = METRICS.filter(
      (metric) => /Count|RequestCount|XX|Errors/.test(metric) && !/Host|Active/.test(metric),
    );
    for (const metric of counts) {
      if (!PUBLISHED[NAMESPACES[type]]?.[metric]?.includes("AZ,LB")) continue;
      const zones = scenario.place.zones.map((zone) => sum(minutes(world, metric, "Sum", "AZ,LB", zone)));
      const whole = sum(minutes(world, metric));
      // What is rounded by the minute may differ a little.
      expect(Math.abs(sum(zones) - whole)).toBeLessThanOrEqual(metric === "NewConnectionCount" ? world.minutes * 3 : 0);
    }
  });

  it("the alarm's history follows from the minutes of the metric that DescribeAlarms names", () => {
    const told = page<{ MetricAlarms: [Described] }>(world, "cloudwatch", "DescribeAlarms", {
      AlarmNames: [scenario.alarm.name],
    }).MetricAlarms[0];
    const dimensions = Object.fromEntries(told.Dimensions.map(({ Name, Value }) => [Name, Value]));
    const statistic = told.Statistic ?? told.ExtendedStatistic ?? "";
    const byMinute = Array.from({ length: world.minutes }, (_, minute) =>
      publishedValue(world, told.Namespace, told.MetricName, dimensions, statistic, world.start + minute * 60, 60),
    );
    const step = told.Period / 60;
    const fold = FOLDS[statistic] ?? (([only = 0]) => only);
    const values = byMinute.map((_, minute) => {
      const known = byMinute.slice(Math.max(0, minute + 1 - step), minute + 1).filter((value) => value !== null);
      return minute + 1 < step || known.length === 0 ? null : fold(known);
    });
    expect(evaluateAlarm(values, world.start, scenario.alarm, scenario.now).changes).toEqual(world.changes);
    expect(told.Namespace).toBe(NAMESPACES[type]);
    expect(PUBLISHED[told.Namespace]?.[told.MetricName]).toBeDefined();
  });

  it("is answered in the vendor's shape", () => {
    const source = new WorldSource(world);
    const { arns } = world;
    const { namespace, deployment } = scenario.focus;
    const span = { start: scenario.now - 30 * 86_400, end: scenario.now };
    const asked: Typed<unknown>[] = [
      describeAlarms([scenario.alarm.name]),
      describeAlarmHistory(scenario.alarm.name, span),
      kubernetes.listServices(),
      kubernetes.listTargetGroupBindings(),
      kubernetes.listNodes(),
      kubernetes.listPods(namespace, `app=${deployment}`),
      ...lookupsFor({ isLatency: false }).map((lookup) => lookupEvents(lookup, span)),
      ...(type === "classic"
        ? [
            elb.describeClassicBalancer(scenario.loadBalancer.name),
            elb.describeClassicAttributes(scenario.loadBalancer.name),
            elb.describeInstanceHealth(scenario.loadBalancer.name),
            elb.describeClassicTags(scenario.loadBalancer.name),
          ]
        : [
            elbv2.describeListenerAttributes(arns.listener),
            describeRules(arns.listener),
            elbv2.describeLoadBalancer(arns.loadBalancer),
            elbv2.describeLoadBalancerAttributes(arns.loadBalancer),
            // A Gateway Load Balancer's listener has neither port nor protocol.
            ...(type === "gateway" ? [] : [describeListeners(arns.loadBalancer)]),
            elbv2.describeTargetGroups(arns.loadBalancer),
            elbv2.describeTargetGroupAttributes(arns.targetGroups[0] ?? ""),
            elbv2.describeTargetHealth(arns.targetGroups[0] ?? ""),
            elbv2.describeTags([arns.loadBalancer, ...arns.targetGroups]),
          ]),
    ];
    const certificate = certificateOf(scenario);
    const subnets = balancerSubnets(scenario).map(({ id }) => id);
    const targets = scenario.seen?.instances ?? scenario.nodes.map(({ instanceId }) => instanceId);
    asked.push(
      ...(certificate ? [describeCertificate(certificateArn(scenario, certificate))] : []),
      ec2.describeSecurityGroups([balancerGroup(scenario), nodeGroup(scenario)]),
      ec2.describeSubnets(subnets),
      ec2.describeNetworkAcls(subnets),
      ec2.describeNetworkInterfaces("attachment.instance-id", targets),
    );
    for (const { question, parse } of asked) {
      const answer = source.answer(question);
      if (answer.status === "failed") {
        expect(scenario.seen?.missing).toContain(question.source);
        continue;
      }
      expect(parse(answer.pages).flaws ?? []).toEqual([]);
    }
  });
});

it("in a third of the worlds one source is missing, and without a decisive one nothing can be told for certain", () => {
  const random = new Random(7, "blind");
  const judgement = { truth: "tls-failure", accept: [], never: [], why: "" } as const;
  const blind = Array.from({ length: 600 }, () =>
    perhapsBlind(random, judgement, { sources: ["acm", "elbv2"], decisive: ["acm"] }),
  );
  const missing = blind.filter((one) => one.missing.length > 0);
  expect(missing.length / blind.length).toBeGreaterThan(0.27);
  expect(missing.length / blind.length).toBeLessThan(0.4);
  for (const { judgement: told, missing: names } of blind)
    expect(told.truth).toBe(names.includes("acm") ? null : "tls-failure");
});

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
