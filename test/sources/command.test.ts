import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Question } from "../../src/model/question.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeAlarmHistory, describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import { commandFor } from "../../src/sources/command.ts";
import { describeTags, describeTargetHealth } from "../../src/sources/elbv2/questions.ts";
import {
  execIn,
  getConfigMap,
  listAutoscalers,
  listNodes,
  listPods,
  listServices,
  podSnapshot,
} from "../../src/sources/kubernetes/questions.ts";
import { query, queryRange } from "../../src/sources/prometheus/questions.ts";

const HOUR = { start: 1_782_460_800, end: 1_782_464_400 };
const ARN = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/web/0123456789abcdef";

/** The words that a POSIX shell makes of a command line. */
function words(command: string, environment: NodeJS.ProcessEnv = {}): string[] {
  const out = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8", env: environment });
  return out.split("\0").slice(0, -1);
}

describe("the commands that a person would type", () => {
  const cases: [string, Question, string][] = [
    [
      "an alarm",
      describeAlarms(["slow"]).question,
      "aws cloudwatch describe-alarms --alarm-names slow --alarm-types MetricAlarm CompositeAlarm",
    ],
    [
      "its history, all pages",
      describeAlarmHistory("slow", HOUR).question,
      "aws cloudwatch describe-alarm-history --alarm-name slow --alarm-types MetricAlarm --start-date 2026-06-26T08:00:00Z --end-date 2026-06-26T09:00:00Z --scan-by TimestampAscending",
    ],
    ["target health", describeTargetHealth(ARN).question, `aws elbv2 describe-target-health --target-group-arn ${ARN}`],
    ["tags", describeTags([ARN, ARN]).question, `aws elbv2 describe-tags --resource-arns ${ARN} ${ARN}`],
    ["pods", listPods("shop", "app=web").question, "kubectl get pods -n shop -l app=web -o json"],
    ["all Services", listServices().question, "kubectl get services -A -o json"],
    ["nodes", listNodes().question, "kubectl get nodes -o json"],
    [
      "a resource of a group",
      listAutoscalers("shop").question,
      "kubectl get horizontalpodautoscalers.v2.autoscaling -n shop -o json",
    ],
    ["one object", getConfigMap("shop", "web").question, "kubectl get configmaps/web -n shop -o json"],
    ["the pods' CPU now", podSnapshot("shop", "app=web").question, "kubectl top pods -n shop -l app=web"],
    [
      "a file in a pod",
      execIn("shop", "web-1", "app", ["cat", "/sys/fs/cgroup/cpu.max"]).question,
      "kubectl exec -n shop pod/web-1 -c app -- cat /sys/fs/cgroup/cpu.max",
    ],
    [
      "PromQL at a moment",
      query('up{job="web"}', HOUR.start).question,
      `curl -sG "$PROMETHEUS_URL/api/v1/query" --data-urlencode 'query=up{job="web"}' -d time=2026-06-26T08:00:00Z`,
    ],
    [
      "PromQL over a time",
      queryRange("up", HOUR, 60).question,
      `curl -sG "$PROMETHEUS_URL/api/v1/query_range" --data-urlencode query=up -d start=2026-06-26T08:00:00Z -d end=2026-06-26T09:00:00Z -d step=60`,
    ],
  ];
  test.each(cases)("%s", (_what, question, command) => {
    expect(commandFor(question)).toBe(command);
  });
});

test("metrics are asked with one JSON argument that is what was asked", () => {
  const dimensions = { LoadBalancer: "app/it's/0123456789abcdef" };
  const wanted = [{ id: "m1", namespace: "AWS/ApplicationELB", metric: "RequestCount", dimensions, statistic: "Sum" }];
  const { question } = metricData(HOUR, 60, wanted);
  const typed = words(commandFor(question));
  expect(typed.slice(0, 3)).toEqual(["aws", "cloudwatch", "get-metric-data"]);
  const queries = typed[typed.indexOf("--metric-data-queries") + 1] ?? "";
  expect(JSON.parse(queries)).toEqual(question.input.MetricDataQueries);
});

describe("no name makes a shell do anything else", () => {
  const evil = [
    "$(touch x)",
    "`id`",
    "a b",
    "it's",
    "'; id; '",
    '"',
    "a\nb",
    "\u001b[31m",
    "$HOME",
    "~",
    "*",
    "=ls",
    "a|b&c;d",
    "\\",
    "",
    "é✓",
  ];
  test.each(evil)("%j", (name) => {
    expect(words(commandFor(listPods(name || "x", name).question)).includes(name)).toBe(name !== "");
    expect(words(commandFor(describeAlarms([name]).question))[4]).toBe(name);
    expect(words(commandFor(execIn("shop", "web", "app", ["cat", name]).question)).at(-1)).toBe(name);
    const curl = words(commandFor(query(name, HOUR.start).question), { PROMETHEUS_URL: "http://localhost:9090" });
    expect(curl.slice(2, 5)).toEqual(["http://localhost:9090/api/v1/query", "--data-urlencode", `query=${name}`]);
  });
});

test.each(["--profile=other", "file:///etc/passwd"])(
  "the AWS CLI cannot take the name %s for anything else",
  (name) => {
    const typed = words(commandFor(describeAlarms([name]).question));
    expect(typed.slice(0, 4)).toEqual(["aws", "cloudwatch", "describe-alarms", "--cli-input-json"]);
    expect(JSON.parse(typed[4] ?? "")).toEqual(describeAlarms([name]).question.input);
  },
);

test("kubectl cannot take a name for an option", () => {
  expect(words(commandFor(getConfigMap("shop", "--kubeconfig=x").question))[2]).toBe("configmaps/--kubeconfig=x");
  expect(words(commandFor(execIn("shop", "-it", "app", ["ls"]).question))[4]).toBe("pod/-it");
});
