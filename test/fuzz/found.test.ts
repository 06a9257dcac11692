import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { revisionOf } from "../../playbooks/evidence/workload/collect.ts";
import { arrivalsIn } from "../../src/analysis/arrivals.ts";
import { awsFailure } from "../../src/sources/aws/aws.ts";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import { describeTags, describeTargetGroupAttributes } from "../../src/sources/elbv2/questions.ts";
import { openCluster } from "../../src/sources/kubernetes/live-cluster.ts";
import { listAutoscalers, listServices } from "../../src/sources/kubernetes/questions.ts";
import { queryRange } from "../../src/sources/prometheus/questions.ts";
import { parseJson, Size } from "../../src/sources/size.ts";

/* What the fuzzer has found, each as small as it can be. */

/** As JSON.parse makes it: "__proto__" is a member like any other. */
const INHERITED = JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}');
const pairs = (Key: string, Value: string) => ({ Key, Value });

test("labels, tags and attributes that are called like what every object has are data", () => {
  const labelled = { metadata: { name: "s", labels: INHERITED }, spec: { ports: [] } };
  const { value } = listServices().parse([{ items: [labelled, { metadata: { name: "t" }, spec: {} }] }]);
  expect(Object.entries(value[0]?.metadata.labels ?? {})).toEqual(Object.entries(INHERITED));
  expect(value[1]?.metadata.labels.constructor).toBeUndefined();
  const attributes = describeTargetGroupAttributes("a").parse([{ Attributes: [pairs("x", "y")] }]).value;
  expect(attributes.constructor).toBeUndefined();
  const tags = describeTags(["a"]).parse([
    { TagDescriptions: [{ ResourceArn: "a", Tags: [pairs("__proto__", "v")] }] },
  ]);
  expect(Object.entries(tags.value.get("a") ?? {})).toEqual([["__proto__", "v"]]);
});

const ALARM = {
  AlarmName: "a",
  AlarmArn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a",
  StateValue: "OK",
  MetricName: "TargetResponseTime",
  Namespace: "AWS/ApplicationELB",
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
};
const read = (changed: object) => describeAlarms(["a"]).parse([{ MetricAlarms: [{ ...ALARM, ...changed }] }]);

test.each([
  ["DatapointsToAlarm", 0.5],
  ["DatapointsToAlarm", 3],
  ["EvaluationPeriods", 2_000_000],
  ["EvaluationPeriods", 0],
  ["Period", -60],
  ["Period", 1e9],
  ["Threshold", 1e300],
  ["AlarmDescription", 7],
])("an alarm's %s of %d is malformed", (field, value) => {
  expect(() => read({ [field]: value })).toThrow(field);
  expect(read({}).value.get("a")).toHaveProperty("alarm");
});

test("what is missing is told as missing", () => {
  expect(() => read({ StateValue: undefined })).toThrow("StateValue: ");
  expect(() => read({ ComparisonOperator: undefined })).toThrow("ComparisonOperator: is missing (expected string)");
});

test.each([
  ["a port", { metadata: { name: "s" }, spec: { ports: [{ port: 70_000 }] } }],
  ["a name", { metadata: { name: "x".repeat(70_000) }, spec: {} }],
  ["a label", { metadata: { name: "s", labels: { a: "x".repeat(70_000) } }, spec: {} }],
])("a Service with %s that is none is left out", (_, item) => {
  const { value, flaws } = listServices().parse([{ items: [item] }]);
  expect([value.length, flaws?.length]).toEqual([0, 1]);
});

test("an autoscaler of less than no pods is left out", () => {
  const spec = { scaleTargetRef: { kind: "Deployment", name: "d" }, minReplicas: -1, maxReplicas: 2 };
  expect(listAutoscalers("n").parse([{ items: [{ metadata: { name: "a" }, spec }] }]).value).toEqual([]);
});

test("figures with which arithmetic would overflow are no figures", () => {
  const span = { start: 0, end: 60 };
  const wanted = { id: "a", namespace: "n", metric: "m", dimensions: {}, statistic: "Sum" };
  const result = { Id: "a", Timestamps: ["1970-01-01T00:00:00Z"], Values: [1e308], StatusCode: "Complete" };
  const { value } = metricData(span, 60, [wanted]).parse([{ MetricDataResults: [result] }]);
  expect(value.get("a")?.values).toEqual([null]);
  const line = { metric: {}, values: [[0, "1e308"]] };
  const page = { status: "success", data: { resultType: "matrix", result: [line] } };
  expect(queryRange("up", span, 60).parse([page]).value[0]?.series.values).toEqual([null, null]);
});

test.each([
  ["a text", `"${"[".repeat(300_000)}"`, null],
  ["brackets in a text behind a quote", `["\\"${"[".repeat(300)}"]`, null],
  ["lists", "[".repeat(300_000), "nests deeper than 200 levels"],
  ["objects", '{"a":'.repeat(300_000), "nests deeper than 200 levels"],
])("the depth of %s is known before it is parsed", (_, text, message) => {
  if (message === null) expect(parseJson(text)).toEqual(JSON.parse(text));
  else expect(() => parseJson(text)).toThrow(message);
});

test("what a client has parsed is held to the same depth, without recursion", () => {
  let value: unknown = 1;
  for (let level = 0; level < 200_000; level += 1) value = [value];
  expect(() => new Size().add(value)).toThrow("nests deeper than 200 levels");
});

test.each([
  ["users that are nothing", { users: [null] }],
  ["a server that is a number", { clusters: [{ name: "c", cluster: { server: 7 } }] }],
])("a kubeconfig with %s is told in words of ours", async (_, changed) => {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-found-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, "config");
  const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
  writeFileSync(kubeconfig, JSON.stringify({ "current-context": "c", contexts, clusters: [], users: [], ...changed }));
  const opening = openCluster({ kubeconfig, environment: {}, limits: { question: 500 }, root: folder });
  await expect(opening).rejects.toThrow("it is not a valid kubeconfig");
});

test.each([["1e999"], ["-1e999"]])(
  "a place that holds %s instead of an object is told without a number that is none",
  (text) => {
    const { flaws } = describeTags(["a"]).parse([{ TagDescriptions: [JSON.parse(text)] }]);
    expect(flaws?.join()).toMatch(/expected object, received a number that is out of range$/);
  },
);

const CLOUDWATCH = { source: "cloudwatch", name: "CloudWatch" } as const;

test("an error's name of any length is told in a sentence", () => {
  const error = Object.assign(new Error("slow down"), { name: `Throttling${"x".repeat(70_000)}` });
  const { message } = awsFailure(error, CLOUDWATCH, { environment: {} });
  expect(message).toMatch(/^CloudWatch limits the rate \(Throttlingx+…\)$/);
  expect(message.length).toBeLessThan(1_000);
});

test("what the AWS SDK stumbles over is told as an answer that is damaged", () => {
  const { message } = awsFailure(new TypeError("Cannot convert object to primitive value"), CLOUDWATCH, {
    environment: {},
  });
  expect(message).toBe("CloudWatch gave an answer that is truncated or damaged");
});

test("a latency as long as an age is no value of a metric, and leaves a rate that is one", () => {
  const wanted = [{ id: "a", namespace: "n", metric: "m", dimensions: {}, statistic: "Average" }];
  const read = (value: number) =>
    metricData({ start: 0, end: 60 }, 60, wanted)
      .parse([{ MetricDataResults: [{ Id: "a", Timestamps: ["1970-01-01T00:00:00Z"], Values: [value] }] }])
      .value.get("a")?.values;
  expect(read(2 ** 53 - 1)).toEqual([2 ** 53 - 1]);
  expect(read(4.393e59)).toEqual([null]);
  const series = (value: number) => ({ start: 0, step: 60, values: [value, value] });
  const metric = { period: 60, average: series(4.393e59), requests: series(10) };
  for (const { rate } of arrivalsIn(metric as never, { start: 0, end: 120 })) expect(Number.isFinite(rate)).toBe(true);
});

test.each([
  ["7", 7],
  ["1e999", null],
  ["1.5", null],
  ["-3", null],
])("of the revision %s a number is taken only where it is one", (revision, taken) => {
  expect(revisionOf(revision)).toBe(taken);
});
