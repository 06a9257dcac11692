import { expect, test } from "vitest";
import { describeAlarm } from "../../../src/sources/cloudwatch/questions.ts";

const unsupported = (page: object) =>
  describeAlarm("a").parse([{ MetricAlarms: [], CompositeAlarms: [], ...page }]).value;

test.each([
  ['ALARM("latency one") AND NOT ALARM(errors)', "latency one, errors"],
  ["OK(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x) OR ALARM(y) OR ALARM(y)", "x, y"],
])("a composite alarm with the rule %s leads to %s", (AlarmRule, names) => {
  expect(unsupported({ CompositeAlarms: [{ AlarmName: "a", AlarmRule }] })).toEqual({
    unsupported: `it is a composite alarm above ${names}; name the latency alarm among them`,
  });
});

test("a composite alarm whose rule names nothing is told all the same", () => {
  expect(unsupported({ CompositeAlarms: [{ AlarmName: "a", AlarmRule: "TRUE" }] })).toEqual({
    unsupported: expect.stringContaining("composite"),
  });
});

test("an alarm on an expression leads to the metrics beneath it", () => {
  const Metric = { Namespace: "AWS/ApplicationELB", MetricName: "TargetResponseTime" };
  const Metrics = [
    { Id: "e", Expression: "m*1000" },
    { Id: "m", MetricStat: { Metric, Period: 60, Stat: "p99" } },
  ];
  const alarm = {
    AlarmName: "a",
    AlarmArn: "arn",
    StateValue: "OK",
    EvaluationPeriods: 1,
    ComparisonOperator: "GreaterThanThreshold",
    Metrics,
  };
  expect(unsupported({ MetricAlarms: [alarm] })).toEqual({
    unsupported: expect.stringMatching(/beneath it are AWS\/ApplicationELB TargetResponseTime$/),
  });
});
