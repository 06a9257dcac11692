import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { AlarmFact } from "../../src/model/facts.ts";
import type { Input } from "../../src/model/question.ts";
import {
  putAlarm,
  putChangedAlarm,
  putGroupAlarm,
  putHealthAlarms,
  targetGroupAttributes,
} from "../../src/remedy/aws-commands.ts";

const alarm: AlarmFact = {
  name: "slow",
  arn: "arn:aws:cloudwatch:eu-west-2:111122223333:alarm:slow",
  description: null,
  namespace: "AWS/ApplicationELB",
  metric: "TargetResponseTime",
  dimensions: { LoadBalancer: "app/a/1" },
  statistic: "p99",
  threshold: 0.8,
  comparison: "GreaterThanThreshold",
  period: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: "ignore",
  state: "OK",
  stateSince: null,
  lowSamples: "ignore",
  actions: { alarm: ["arn:a"], ok: ["arn:o"], insufficientData: ["arn:i"], enabled: false },
};
const queries: readonly Input[] = [
  { Id: "judged", Expression: "IF(requests >= 20, latency)" },
  {
    Id: "latency",
    ReturnData: false,
    MetricStat: { Metric: { Namespace: "N", MetricName: "M" }, Period: 60, Stat: "p99" },
  },
];
const gated: AlarmFact = { ...alarm, expression: { queries, judged: "judged", words: "IF(requests >= 20, latency)" } };

/** The words that a shell hands to the program. */
function words(command: string): string[] {
  return execFileSync("sh", ["-c", `printf '%s\\0' ${command}`])
    .toString()
    .split("\0")
    .slice(0, -1);
}

/** What follows an option, up to the next one. */
function option(command: string, name: string): string[] {
  const all = words(command);
  const from = all.indexOf(`--${name}`);
  if (from < 0) return [];
  const rest = all.slice(from + 1);
  const end = rest.findIndex((word) => word.startsWith("--"));
  return end < 0 ? rest : rest.slice(0, end);
}

describe("the command that makes an alarm again as it is", () => {
  it("loses nothing: put-metric-alarm replaces the whole definition", () => {
    const command = putAlarm(alarm);
    expect(option(command, "region")).toEqual(["eu-west-2"]);
    expect(option(command, "dimensions")).toEqual(["Name=LoadBalancer,Value=app/a/1"]);
    expect(option(command, "extended-statistic")).toEqual(["p99"]);
    expect(option(command, "evaluate-low-sample-count-percentile")).toEqual(["ignore"]);
    expect(option(command, "treat-missing-data")).toEqual(["ignore"]);
    for (const [flag, arn] of [
      ["alarm-actions", "arn:a"],
      ["ok-actions", "arn:o"],
      ["insufficient-data-actions", "arn:i"],
    ] as const)
      expect(option(command, flag)).toEqual([arn]);
    expect(words(command)).toContain("--no-actions-enabled");
  });

  it("keeps an expression, and names no metric beside it", () => {
    const command = putAlarm(gated);
    expect(JSON.parse(option(command, "metrics")[0] ?? "")).toEqual(queries);
    for (const flag of ["unit", "metric-name", "namespace", "dimensions", "extended-statistic", "period"])
      expect(option(command, flag), flag).toEqual([]);
  });
});

it.each(["https://wiki.example.com/runbook", "file:///etc/hostname", "-- see the wiki"])(
  "the description %s is nothing that the AWS CLI would fetch, read or take for an option",
  (description) => {
    const command = putAlarm({ ...alarm, description });
    expect(option(command, "alarm-description")).toEqual([]);
    expect(JSON.parse(option(command, "cli-input-json")[0] ?? "")).toEqual({ AlarmDescription: description });
    expect(option(command, "alarm-name")).toEqual(["slow"]);
  },
);

it("a changed alarm on an expression judges the same expression", () => {
  const change = { statistic: "p99", threshold: 0.8, evaluationPeriods: 5, datapointsToAlarm: 3, leastRequests: null };
  const command = putChangedAlarm(gated, change);
  expect(option(command, "evaluation-periods")).toEqual(["5"]);
  expect(JSON.parse(option(command, "metrics")[0] ?? "")).toEqual(queries);
});

it.each([
  ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "Sum", "statistic"],
  ["AWS/ELB", "Latency", "Average", "statistic"],
  ["AWS/NetworkELB", "HealthyHostCount", "Minimum", "statistic"],
  ["AWS/ApplicationELB", "TargetResponseTime", "PR(:0.3)", "extended-statistic"],
])("an alarm on %s %s, %s keeps its metric, its zone and its unit", (namespace, metric, statistic, flag) => {
  const zone = { LoadBalancer: "app/a/1", AvailabilityZone: "eu-west-2a" };
  const other = {
    ...alarm,
    namespace,
    metric,
    statistic,
    dimensions: zone,
    unit: "Count",
    comparison: "LessThanThreshold",
  };
  const change = { statistic, threshold: 2, evaluationPeriods: 5, datapointsToAlarm: 3, leastRequests: null };
  for (const command of [putAlarm(other), putChangedAlarm(other, change)]) {
    expect(option(command, "namespace")).toEqual([namespace]);
    expect(option(command, "metric-name")).toEqual([metric]);
    expect(option(command, flag)).toEqual([statistic]);
    expect(option(command, "unit")).toEqual(["Count"]);
    expect(option(command, "comparison-operator")).toEqual(["LessThanThreshold"]);
    expect(option(command, "dimensions")).toEqual([
      "Name=LoadBalancer,Value=app/a/1",
      "Name=AvailabilityZone,Value=eu-west-2a",
    ]);
  }
});

it("an alarm on one target group judges that group's metric, not the expression over all of them", () => {
  const command = putGroupAlarm(gated, { arn: "arn:aws:elasticloadbalancing:r:1:targetgroup/tg/2", name: "tg" });
  expect(option(command, "metrics")).toEqual([]);
  expect(option(command, "dimensions")).toEqual([
    "Name=LoadBalancer,Value=app/a/1",
    "Name=TargetGroup,Value=targetgroup/tg/2",
  ]);
});

it("alarms on errors and hosts beside a latency's do not take its unit over", () => {
  const group = { arn: "arn:aws:elasticloadbalancing:r:1:targetgroup/tg/2", name: "tg" };
  for (const { command } of putHealthAlarms({ ...alarm, unit: "Seconds" }, group))
    expect(option(command, "unit")).toEqual([]);
});

it.each(["$(touch x)", "a b; c", "it's", "`id`", 'two"quotes'])("the name %s is one word to the shell", (name) => {
  const hostile = {
    ...alarm,
    name,
    dimensions: { LoadBalancer: name },
    actions: { alarm: [name], ok: [], enabled: true },
  };
  const command = putAlarm(hostile);
  expect(option(command, "alarm-name")).toEqual([name]);
  expect(option(command, "dimensions")).toEqual([`Name=LoadBalancer,Value=${name}`]);
  expect(option(command, "alarm-actions")).toEqual([name]);
  expect(option(targetGroupAttributes(name, { key: name }), "attributes")).toEqual([`Key=key,Value=${name}`]);
});
