import { describe, expect, it } from "vitest";
import { evaluateAlarm } from "../../simulator/alarm.ts";
import { certificateArn, certificateOf } from "../../simulator/answers/acm.ts";
import { publishedValue } from "../../simulator/answers/published.ts";
import { balancerGroup, balancerSubnets, nodeGroup } from "../../simulator/answers/subnets.ts";
import { DECIDES } from "../../simulator/deciding/kinds.ts";
import { judged } from "../../simulator/deciding.ts";
import { NAMESPACES, typeOf } from "../../simulator/front.ts";
import { Random } from "../../simulator/random.ts";
import { WorldSource } from "../../simulator/source.ts";
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
import { dimensionsOf, minutes, page } from "./fronts.ts";
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

it("in a third of the worlds one source is missing, and what is true stays so", () => {
  const random = new Random(7, "blind");
  const judgement = { truth: "tls-failure", accept: [], never: [], why: "" } as const;
  const blind = Array.from({ length: 600 }, () => perhapsBlind(random, judgement, { sources: ["acm", "elbv2"] }));
  const missing = blind.filter((one) => one.missing.length > 0);
  expect(missing.length / blind.length).toBeGreaterThan(0.27);
  expect(missing.length / blind.length).toBeLessThan(0.4);
  expect(new Set(blind.map((one) => one.judgement.truth))).toEqual(new Set(["tls-failure"]));
});

it("a certificate that nobody may look at leaves its world true and undecided", () => {
  const { scenario, judgement } = drawn("certificate-expired", 1);
  const unread = { ...scenario, seen: { ...scenario.seen, missing: ["acm"] } };
  expect(judgement.truth).toBe("tls-failure");
  expect(judged("certificate-expired", DECIDES["certificate-expired"], judgement, unread).decision).toMatchObject({
    decided: false,
    lacks: ["acm"],
  });
});
