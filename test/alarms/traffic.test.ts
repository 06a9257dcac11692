import { describe, expect, it, test } from "vitest";
import { solve } from "../../simulator/solve.ts";
import { worldFor } from "../../simulator/worlds.ts";
import {
  type Answers,
  alarmOn,
  BALANCER,
  balancer,
  dimension,
  groupArn,
  investigated,
  judged,
  level,
} from "./account.ts";

const both = { LoadBalancer: BALANCER, TargetGroup: dimension("web") };
type Dimensions = { readonly [name: string]: string };
const alarm = (dimensions: Dimensions = both) => alarmOn("RequestCountPerTarget", { dimensions, threshold: 200 });
const run = (
  requests: readonly [number, number],
  healthy: readonly [number, number],
  more: Answers = {},
  of: Dimensions = both,
) =>
  investigated(
    {
      alarm: alarm(of),
      metrics: {
        RequestCountPerTarget: level(requests[0] / healthy[0], requests[1] / healthy[1]),
        RequestCount: level(...requests),
        HealthyHostCount: level(...healthy),
      },
    },
    balancer(["web"], more),
  );
const course = ({ findings }: Awaited<ReturnType<typeof run>>) =>
  findings.find(({ id }) => id === "request-load.course")?.measures;

describe("an alarm on the requests that each target gets", () => {
  it("tells targets that left from requests that came", async () => {
    const session = await run([800, 810], [8, 2]);
    expect(session.playbook).toBe("traffic");
    expect(course(session)).toMatchObject({
      requests: 810,
      usualRequests: 800,
      healthy: 2,
      usualHealthy: 8,
      each: 405,
    });
    expect(session.verdict?.headline).toContain("2 targets of web were healthy");
    expect(session.verdict?.headline).toContain("no more requests came than usual");
    expect(session.verdict?.summary).toContain("describe-target-health");
    expect(judged(session, "client-storm").status).toBe("rejected");
  });

  it("tells requests that came from targets that left, and how many targets they would need", async () => {
    const session = await run([800, 3200], [8, 8]);
    expect(session.verdict?.headline).toContain("4 times the usual requests came for web");
    expect(session.verdict?.headline).not.toContain("healthy");
    expect(session.verdict?.summary).toContain("32 targets would be needed");
    expect(judged(session, "client-storm").status).toBe("undetermined");
  });

  it("tells both where both are so", async () => {
    const { verdict } = await run([800, 1600], [8, 4]);
    expect(verdict?.headline).toContain("2 times the usual requests came for web");
    expect(verdict?.headline).toContain("4 targets of web were healthy");
  });

  it("says nothing of either where neither is clear", async () => {
    const session = await run([800, 1000], [8, 7]);
    expect(session.verdict).toMatchObject({ rootCause: null });
    expect(session.verdict?.headline).not.toMatch(/usual requests|healthy/);
  });
});

describe("an alarm that names the target group alone", () => {
  const alone = { TargetGroup: dimension("web") };
  const groups = balancer(["web"]).DescribeTargetGroups as { readonly TargetGroups: readonly object[] };
  const sentBy = (...balancers: readonly string[]): Answers => ({
    DescribeTargetGroups: {
      TargetGroups: groups.TargetGroups.map((one) => ({
        ...one,
        LoadBalancerArns: balancers.map((name) => `${groupArn("web").split(":targetgroup/")[0]}:loadbalancer/${name}`),
      })),
    },
  });

  it("finds its load balancer by the target group", async () => {
    const session = await run([800, 3200], [8, 8], sentBy(BALANCER), alone);
    expect(course(session)).toMatchObject({ requests: 3200, healthy: 8 });
  });

  it.each([[[]], [[BALANCER, "app/other/1"]]])("leaves it open where there is not one: %j", async (balancers) => {
    const session = await run([800, 3200], [8, 8], sentBy(...balancers), alone);
    expect(course(session)).toBeUndefined();
    expect(session.gaps.find(({ step }) => step === "request-load")?.remedy).toContain("dimension LoadBalancer=");
    expect(session.verdict?.rootCause).toBeNull();
  });
});

test("without a target group there is no such metric", async () => {
  const session = await investigated({ alarm: alarm({ LoadBalancer: BALANCER }), metrics: {} }, balancer(["web"]));
  expect(session.playbook).toBe("nothing");
});

test.each([3, 4])("a simulated service whose pods are scaled away, and one that is asked more (%d)", async (seed) => {
  const fewer = await solve(worldFor("requests-per-target-fewer-targets", seed).scenario);
  expect(fewer.verdict?.headline).toContain("no more requests came than usual");
  const more = await solve(worldFor("requests-per-target-more-requests", seed).scenario);
  expect(more.verdict?.headline).toContain("times the usual requests came");
  expect(more.verdict?.headline).not.toContain("healthy");
});
