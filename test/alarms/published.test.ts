import { expect, test } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import { alarmScope } from "../../src/analysis/alarm-scope.ts";
import { investigate } from "../../src/api.ts";
import { PlanSource } from "../../src/app/plan-source.ts";
import { iso } from "../../src/model/time.ts";
import { usuallyWatched } from "../../src/sources/placeholders.ts";
import { PUBLISHED } from "./published.ts";

/* Every metric that lbdoctor asks for exists: with these dimensions together, and with a statistic that says something. */

const window = { start: 1_782_460_800, end: 1_782_482_400 };
const taken = [...PUBLISHED.keys()].filter((metric) => {
  const { comparison, onTargetGroup } = usuallyWatched(metric);
  const namespace = metric === "DaysToExpiry" ? "AWS/CertificateManager" : "AWS/ApplicationELB";
  const balancer = { LoadBalancer: "app/a/1", ...(onTargetGroup ? { TargetGroup: "targetgroup/a/1" } : {}) };
  const dimensions = metric === "DaysToExpiry" ? { CertificateArn: "arn:a" } : balancer;
  const alarm = { namespace, metric, dimensions, comparison } as never;
  // What can watch nothing is asked for as it stands.
  return playbooks.some((one) => one.id !== "nothing" && one.takes(alarm));
});

interface Query {
  readonly MetricStat: {
    readonly Metric: {
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Stat: string;
  };
}

test("there is a playbook for every kind of alarm", () => {
  for (const metric of [
    "HTTPCode_Target_4XX_Count",
    "ELBAuthError",
    "CapacityUtilization",
    "TargetTLSNegotiationErrorCount",
  ])
    expect(taken).toContain(metric);
});

test.each(taken)("all that is asked for an alarm on %s is published", async (metric) => {
  const source = new PlanSource("an-alarm", window, usuallyWatched(metric));
  await investigate({
    source,
    opening: {
      id: "plan",
      version: "",
      alarmName: "an-alarm",
      now: iso(window.end),
      window,
      allowExec: false,
      source: { kind: "live", region: null, account: null, context: null },
    },
  });
  const queries = source.asked
    .filter(({ operation }) => operation === "GetMetricData")
    .flatMap(({ input }) => input.MetricDataQueries as unknown as readonly Query[]);
  expect(queries.length).toBeGreaterThan(0);
  for (const { MetricStat } of queries) {
    const { Metric, Stat } = MetricStat;
    const known = PUBLISHED.get(Metric.MetricName);
    const set = Metric.Dimensions.map(({ Name }) => Name)
      .sort()
      .join(" ");
    expect(known?.sets, Metric.MetricName).toContain(set);
    expect([Metric.MetricName, Stat]).toEqual([Metric.MetricName, expect.stringMatching(known?.statistics ?? /^$/)]);
    // A name in the place of an ARN's end, and no whole ARN.
    for (const { Name, Value } of Metric.Dimensions) if (Name !== "CertificateArn") expect(Value).not.toMatch(/^arn:/);
  }
});

/** Every set of the dimensions, of which a metric is published for some. */
const SETS = ["LoadBalancer", "AvailabilityZone LoadBalancer", "LoadBalancer TargetGroup", "TargetGroup"];
const VALUES: { readonly [name: string]: string } = {
  LoadBalancer: "app/a/1",
  TargetGroup: "targetgroup/a/1",
  AvailabilityZone: "eu-west-2a",
};

test.each([...PUBLISHED].filter(([metric]) => metric !== "DaysToExpiry"))(
  "an alarm on %s watches something with just the dimensions that are published",
  (metric, { sets }) => {
    for (const set of SETS) {
      const dimensions = Object.fromEntries(set.split(" ").map((name) => [name, VALUES[name] ?? ""]));
      const { fault } = alarmScope({ namespace: "AWS/ApplicationELB", metric, dimensions });
      expect([set, fault === null]).toEqual([set, sets.includes(set)]);
    }
  },
);
