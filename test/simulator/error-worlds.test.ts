import { describe, expect, it } from "vitest";
import { breaches, evaluateAlarm, judge } from "../../simulator/alarm.ts";
import { metricValue } from "../../simulator/answers/metrics.ts";
import { LEAD } from "../../simulator/clock.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import { type WorldKind, worldFor } from "../../simulator/worlds.ts";
import { drawn, minutes, sum } from "./drawn.ts";

const KINDS: readonly (readonly [WorldKind, number])[] = [
  ["errors-since-rollout", 1],
  ["errors-of-another", 1],
  ["errors-with-restarts", 2],
  ["abrupt-deregistration", 1],
  // An alarm on five minutes.
  ["idle-timeout-mismatch", 2],
  ["no-healthy-targets", 1],
  ["no-pods-behind-nodes", 1],
  ["blocked-by-network", 1],
  ["timeouts-of-dependency", 1],
  ["health-check-flapping", 1],
  ["canary-errors", 1],
  ["unhealthy-with-restarts", 1],
  ["unhealthy-in-overload", 1],
];

interface Described {
  readonly MetricAlarms: readonly [
    {
      readonly MetricName: string;
      readonly Statistic: string;
      readonly Period: number;
      readonly ComparisonOperator: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    },
  ];
}
/** What minutes make of a longer period. */
const FOLDS = {
  Sum: (values: readonly number[]) => sum(values),
  Minimum: (values: readonly number[]) => Math.min(...values),
  Maximum: (values: readonly number[]) => Math.max(...values),
};

const CLASSES = ["2XX", "4XX", "5XX"].map((one) => `HTTPCode_Target_${one}_Count`);

function pages(world: World, source: "cloudwatch" | "elbv2", operation: string, input: object): unknown[] {
  const answer = new WorldSource(world).answer({ source, operation, input: input as never });
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return answer.pages as unknown[];
}

describe.each(KINDS)("%s", (kind, seed) => {
  const { scenario, judgement, world } = drawn(kind, seed);
  const { truth } = world;
  const read = (metric: string) => minutes(world, metric, "Sum", null);

  it("says of each answer one thing", () => {
    const answers = [judgement.truth, ...judgement.accept, ...judgement.never];
    expect(new Set(answers).size).toBe(answers.length);
    expect(scenario.cause).toBe(judgement.truth);
    expect(scenario.name).toBe(`${kind}-${seed}`);
  });

  it("RequestCount is what targets answered and what was given up after one was chosen: 502 and 504, not 503", () => {
    const answered = CLASSES.map(read);
    const [lost, late] = [read("HTTPCode_ELB_502_Count"), read("HTTPCode_ELB_504_Count")];
    const expected = lost.map(
      (count, minute) => count + (late[minute] ?? 0) + sum(answered.map((one) => one[minute] ?? 0)),
    );
    expect(read("RequestCount")).toEqual(expected);
  });

  it("the load balancer's 5xx are its 502, 503 and 504; no target group has any", () => {
    const parts = [502, 503, 504].map((code) => read(`HTTPCode_ELB_${code}_Count`));
    expect(read("HTTPCode_ELB_5XX_Count")).toEqual(
      parts[0]?.map((_, minute) => sum(parts.map((one) => one[minute] ?? 0))),
    );
    expect(sum(minutes(world, "HTTPCode_ELB_5XX_Count", "Sum", 0))).toBe(0);
  });

  it("groups and zones add up to the load balancer", () => {
    for (const metric of ["RequestCount", "HTTPCode_Target_5XX_Count"]) {
      const groups = world.groups.map((_, group) => sum(minutes(world, metric, "Sum", group)));
      const zones = scenario.place.zones.map((zone) => sum(minutes(world, metric, "Sum", null, zone)));
      expect(sum(groups)).toBe(sum(read(metric)));
      expect(sum(zones)).toBe(sum(read(metric)));
    }
  });

  it("every request of the focus service is counted once, or is in flight at the end", () => {
    const [own] = world.groups;
    const ended =
      (own?.latency.length ?? 0) + sum([own?.timedOut, own?.dropped, own?.unserved].map((one) => sum(one ?? [])));
    const open = truth.requests.at.filter((at) => at > truth.length - scenario.loadBalancer.idleTimeout).length;
    expect(truth.requests.at.length - ended).toBeGreaterThanOrEqual(0);
    expect(truth.requests.at.length - ended).toBeLessThanOrEqual(open);
  });

  it("healthy and unhealthy targets are those that are registered, and nothing is published of none", () => {
    const unhealthy = minutes(world, "UnHealthyHostCount", "Maximum", 0);
    for (const [minute, healthy] of minutes(world, "HealthyHostCount", "Minimum", 0).entries()) {
      const at = minute * 60;
      const pods = truth.pods.filter(({ ready, left }) => ready <= at && (left === null || left > at)).length;
      const targets = scenario.focus.targetType === "instance" ? scenario.nodes.length : pods;
      expect(healthy + (unhealthy[minute] ?? 0)).toBe(targets);
    }
  });

  it("the alarm's history follows from the minutes of the metric that DescribeAlarms names", () => {
    const { alarm } = scenario;
    const [page] = pages(world, "cloudwatch", "DescribeAlarms", { AlarmNames: [alarm.name] }) as [Described];
    const [told] = page.MetricAlarms;
    expect(told.ComparisonOperator).toBe(alarm.comparison ?? "GreaterThanThreshold");
    const dimensions = Object.fromEntries(told.Dimensions.map(({ Name, Value }) => [Name, Value]));
    const byMinute = Array.from({ length: world.minutes }, (_, minute) =>
      metricValue(world, told.MetricName, dimensions, told.Statistic, world.start + minute * 60, 60),
    );
    const fold = FOLDS[told.Statistic as keyof typeof FOLDS];
    const step = told.Period / 60;
    const values = byMinute.map((_, minute) => {
      const known = byMinute.slice(Math.max(0, minute + 1 - step), minute + 1).filter((value) => value !== null);
      return minute + 1 < step || known.length === 0 ? null : fold(known);
    });
    expect(evaluateAlarm(values, world.start, alarm, scenario.now).changes).toEqual(world.changes);
    expect(world.changes.some(({ to }) => to === "ALARM")).toBe(true);
    const items = (
      pages(world, "cloudwatch", "DescribeAlarmHistory", { AlarmName: alarm.name }) as {
        AlarmHistoryItems: { HistoryItemType: string; HistoryData: string }[];
      }[]
    )
      .flatMap(({ AlarmHistoryItems }) => AlarmHistoryItems)
      // CloudWatch cuts what is longer.
      .filter(({ HistoryItemType, HistoryData }) => HistoryItemType === "StateUpdate" && HistoryData.length < 4095);
    expect(items.length).toBeGreaterThan(0);
    for (const { newState } of items.map(({ HistoryData }) => JSON.parse(HistoryData))) {
      const points: number[] = newState.stateReasonData.recentDatapoints;
      // The first evaluation may see what was there before it.
      if (newState.stateValue === "ALARM" && points.length > 0)
        expect(points.some((value) => breaches(alarm, value))).toBe(true);
    }
  });
});

const total = (world: World, metric: string) => sum(minutes(world, metric, "Sum", null));

describe("what the figures of a loss have to do with each other", () => {
  it("refused connections are some of the 502s of pods that leave, and they come as pods leave", () => {
    const { world, scenario } = drawn("abrupt-deregistration", 1);
    const refused = total(world, "TargetConnectionErrorCount");
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(total(world, "HTTPCode_ELB_502_Count"));
    const ends = world.truth.pods.flatMap(({ ended }) => ended ?? []);
    const { noticedAfter = 0 } = scenario.faults ?? {};
    const apart = [...world.truth.dropped.values()].filter(
      (at) => !ends.some((end) => at >= end && at <= end + noticedAfter + 5),
    );
    expect(apart).toEqual([]);
  });

  it("connections that were open as they were lost are no connection errors", () => {
    const { world } = drawn("idle-timeout-mismatch", 2);
    expect(total(world, "HTTPCode_ELB_502_Count")).toBeGreaterThan(0);
    expect(total(world, "TargetConnectionErrorCount")).toBe(0);
  });

  it("fewer requests meet a closing connection where more come", () => {
    const { scenario } = drawn("idle-timeout-mismatch", 2);
    const { traffic } = scenario.focus;
    const share = (factor: number) => {
      const busier = { ...scenario.focus, traffic: { ...traffic, base: traffic.base * factor, levels: [] } };
      const { truth } = buildWorld({ ...scenario, window: 7200, focus: busier });
      return truth.dropped.size / truth.requests.at.length;
    };
    expect(share(8)).toBeLessThan(0.5 * share(1));
  });

  it("503s come while no target is registered, and are no requests", () => {
    const { world, scenario } = drawn("no-healthy-targets", 1);
    expect(total(world, "HTTPCode_ELB_503_Count")).toBe(world.truth.unserved.size);
    const serving = [...world.truth.unserved.values()].filter((at) =>
      world.truth.pods.some(({ ready, left }) => ready + 5 <= at && (left === null || left > at)),
    );
    expect(serving).toEqual([]);
    expect(scenario.focus.targetType).toBe("ip");
  });

  it("where packets are dropped every target times out, and Kubernetes finds the pods ready", () => {
    const { world, scenario } = drawn("blocked-by-network", 1);
    const [blocked] = scenario.faults?.blocked ?? [];
    const at = (blocked?.at ?? 0) + LEAD;
    const minute = Math.ceil((at + 3 * scenario.focus.healthCheck.interval) / 60) + 1;
    expect(minutes(world, "HealthyHostCount", "Maximum", 0)[minute]).toBe(0);
    const answered = minutes(world, "HTTPCode_Target_2XX_Count", "Sum", 0);
    expect(answered[minute]).toBe(0);
    expect(world.truth.pods.every(({ outs }) => outs.length === 0)).toBe(true);
    const now = at + (blocked?.seconds ?? 0) >= world.truth.length;
    const [page] = pages(world, "elbv2", "DescribeTargetHealth", { TargetGroupArn: world.arns.targetGroups[0] });
    const reasons = (page as { TargetHealthDescriptions: { TargetHealth: { Reason?: string } }[] })
      .TargetHealthDescriptions;
    expect(reasons.every(({ TargetHealth }) => TargetHealth.Reason === "Target.Timeout")).toBe(now);
  });

  it("an alarm may watch the lower side", () => {
    const { alarm } = worldFor("stray-errors", 1).scenario;
    const sides = ["LessThanThreshold", "LessThanOrEqualToThreshold", "GreaterThanOrEqualToThreshold"] as const;
    const found = sides.map((comparison) =>
      [0, 1, 2].filter((value) => judge([value], { ...alarm, threshold: 1, comparison }, "OK") === "ALARM"),
    );
    expect(found).toEqual([[0], [0, 1], [1, 2]]);
  });
});
