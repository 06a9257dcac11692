import { describe, expect, test } from "vitest";
import { alarmOn, BALANCER, balancer, dimension, groupArn, investigated, judged, level } from "./account.ts";

const none = { RequestCount: level(null, null) };

describe("an alarm whose dimensions no metric can have", () => {
  test.each([
    ["a whole ARN as its target group", { LoadBalancer: BALANCER, TargetGroup: groupArn("web") }, "whole ARN"],
    ["a target group without its load balancer", { TargetGroup: dimension("web") }, "without its load balancer"],
    ["a dimension that there is not", { LoadBalancer: BALANCER, Service: "web" }, "dimension Service"],
    ["no dimension at all", {}, "names no load balancer"],
    ["the load balancer's name alone", { LoadBalancer: "shop" }, "LoadBalancer shop"],
  ])("%s", async (_, dimensions, words) => {
    const alarm = alarmOn("HTTPCode_Target_5XX_Count", { dimensions });
    const session = await investigated({ alarm, metrics: none }, balancer(["web"]));
    expect(session.outcome).toBe("established");
    expect(session.verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
    expect(session.verdict?.headline).toContain(words);
    expect(session.fixes.map(({ id }) => id)).toContain("watch-what-is-there");
  });

  test("a set of dimensions that AWS does not publish", async () => {
    const dimensions = { LoadBalancer: BALANCER, TargetGroup: dimension("web") };
    const alarm = alarmOn("HTTPCode_ELB_5XX_Count", { dimensions });
    const { verdict } = await investigated({ alarm, metrics: none }, balancer(["web"]));
    expect(verdict?.headline).toContain("is not published for a target group");
  });
});

describe.each([
  ["TargetResponseTime", "Average"],
  ["HTTPCode_Target_5XX_Count", "Sum"],
  ["UnHealthyHostCount", "Maximum"],
] as const)("an alarm on %s", (metric, statistic) => {
  const gone = { LoadBalancer: BALANCER, TargetGroup: dimension("old") };

  test.each(["missing", "breaching"] as const)(
    "of a target group that is gone, missing data %s",
    async (treatMissingData) => {
      const alarm = alarmOn(metric, { statistic, dimensions: gone, treatMissingData });
      const session = await investigated({ alarm, metrics: none }, balancer(["web", "cart"]));
      expect(session.verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
      expect(session.verdict?.headline).toContain(dimension("old"));
      const fix = session.fixes.find(({ id }) => id === "watch-what-is-there");
      expect(fix?.preconditions.join()).toContain(dimension("web"));
      expect(fix?.changes).toEqual([]);
    },
  );

  test("of a load balancer that is gone", async () => {
    const dimensions = { LoadBalancer: BALANCER, TargetGroup: dimension("web") };
    const alarm = alarmOn(metric, { statistic, dimensions });
    const answers = { ...balancer([]), DescribeLoadBalancers: null, DescribeTargetGroups: null };
    const { verdict } = await investigated({ alarm, metrics: none }, answers);
    expect(verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
  });

  test("of one that could not be looked up is not judged by that", async () => {
    const dimensions = { LoadBalancer: BALANCER, TargetGroup: dimension("web") };
    const alarm = alarmOn(metric, { statistic, dimensions });
    const { DescribeLoadBalancers: _, ...answers } = balancer(["web"]);
    const session = await investigated({ alarm, metrics: none }, answers);
    expect(session.verdict?.rootCause).toBeNull();
    expect(judged(session, "alarm-on-nothing").status).toBe("undetermined");
  });
});

test("a zone that the load balancer has not", async () => {
  const dimensions = { LoadBalancer: BALANCER, AvailabilityZone: "eu-west-2c" };
  const alarm = alarmOn("HTTPCode_Target_5XX_Count", { dimensions });
  const { verdict } = await investigated({ alarm, metrics: none }, balancer(["web"]));
  expect(verdict?.rootCause).toBe("alarm-on-nothing");
  expect(verdict?.headline).toContain("zone eu-west-2c");
});

test("an alarm between OK and INSUFFICIENT_DATA is answered by how it treats missing data", async () => {
  // An error now and then, never two in a row; and hours without any datapoint.
  const alarm = alarmOn("HTTPCode_Target_5XX_Count", { treatMissingData: "missing" });
  const metrics = {
    HTTPCode_Target_5XX_Count: (minute: number) => (minute % 60 < 3 ? { sum: 1, samples: 1 } : null),
    RequestCount: level(100, 100),
  };
  const session = await investigated({ alarm, metrics }, balancer(["web"]));
  expect(session.verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
  const fix = session.fixes.find(({ id }) => id === "watch-what-is-there");
  expect(fix?.changes[0]?.command).toContain("--treat-missing-data notBreaching");
  expect(fix?.rollback[0]).toContain("--treat-missing-data missing");
});

test("a quiet alarm that has its data is no alarm on nothing", async () => {
  const alarm = alarmOn("HTTPCode_Target_5XX_Count");
  const metrics = { HTTPCode_Target_5XX_Count: level(1, 2), RequestCount: level(100, 100) };
  const session = await investigated({ alarm, metrics }, balancer(["web"]));
  expect(session.verdict?.rootCause).toBeNull();
  expect(judged(session, "alarm-on-nothing").status).toBe("rejected");
});

test("an alarm on a Classic Load Balancer that is gone", async () => {
  const alarm = alarmOn("Latency", {
    namespace: "AWS/ELB",
    statistic: "Average",
    dimensions: { LoadBalancerName: "old" },
  });
  const session = await investigated({ alarm, metrics: none }, { DescribeLoadBalancers: null });
  expect(session.verdict).toMatchObject({ rootCause: "alarm-on-nothing", confidence: "confirmed" });
  expect(session.verdict?.headline).toContain("the load balancer old");
});
