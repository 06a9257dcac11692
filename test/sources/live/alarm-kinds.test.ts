import { expect, test } from "vitest";
import { describeAlarms } from "../../../src/sources/cloudwatch/questions.ts";
import { canned, rig } from "./rig.ts";

const common = {
  AlarmArn: "arn:aws:cloudwatch:eu-west-2:111122223333:alarm:x",
  StateValue: "ALARM",
  StateTransitionedTimestamp: "2026-06-26T10:14:00Z",
};
const metric = (Id: string, MetricName: string, Stat: string) => ({
  Id,
  ReturnData: false,
  MetricStat: {
    Metric: {
      Namespace: "AWS/ApplicationELB",
      MetricName,
      Dimensions: [{ Name: "LoadBalancer", Value: "app/a/1" }],
    },
    Period: 60,
    Stat,
  },
});

test("the SDK's own answer for a composite alarm and for one on an expression is understood", async () => {
  const judging = { EvaluationPeriods: 2, Threshold: 0.8, ComparisonOperator: "GreaterThanThreshold" };
  const Metrics = [
    { Id: "judged", Expression: "IF(requests >= 20, latency)" },
    metric("latency", "TargetResponseTime", "p99"),
    metric("requests", "RequestCount", "Sum"),
  ];
  const page = {
    MetricAlarms: [{ ...common, ...judging, AlarmName: "gated", Metrics }],
    CompositeAlarms: [
      {
        ...common,
        AlarmName: "top",
        AlarmRule: 'ALARM("gated") AND NOT ALARM("deploying")',
        ActionsSuppressor: "quiet hours",
      },
    ],
  };
  const { live } = await rig({ source: canned([page]) });
  const asked = describeAlarms(["top", "gated"]);
  const answer = await live.ask(asked.question);
  if (answer.status !== "answered") throw new Error(answer.failure.message);
  const { value, flaws } = asked.parse(answer.pages);
  expect(flaws).toEqual([]);
  expect(value.get("top")).toEqual({
    composite: { rule: 'ALARM("gated") AND NOT ALARM("deploying")', suppressor: "quiet hours" },
  });
  expect(value.get("gated")).toMatchObject({
    alarm: {
      statistic: "p99",
      state: "ALARM",
      dimensions: { LoadBalancer: "app/a/1" },
      expression: { judged: "judged", queries: Metrics },
    },
  });
});
