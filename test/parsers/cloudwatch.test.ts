import { describe, expect, it } from "vitest";
import { metricData } from "../../src/sources/cloudwatch/metrics.ts";
import { describeAlarms } from "../../src/sources/cloudwatch/questions.ts";

const raw = {
  AlarmName: "a",
  AlarmArn: "arn:aws:cloudwatch:eu-west-2:111122223333:alarm:a",
  StateValue: "OK",
  MetricName: "TargetResponseTime",
  Namespace: "AWS/ApplicationELB",
  Statistic: "Average",
  Dimensions: [{ Name: "LoadBalancer", Value: "app/a/1" }],
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 0.8,
  ComparisonOperator: "GreaterThanThreshold",
};

describe("describeAlarms", () => {
  const read = (page: unknown) => describeAlarms(["a"]).parse([page]).value.get("a");

  it("reads an alarm that says no more than the API demands, with CloudWatch's own defaults", () => {
    expect(read({ MetricAlarms: [raw] })).toMatchObject({
      alarm: {
        datapointsToAlarm: 2,
        treatMissingData: "missing",
        dimensions: { LoadBalancer: "app/a/1" },
        stateSince: null,
      },
    });
  });
  it("tells no such alarm from an answer without a list, and from an alarm that cannot be read", () => {
    expect(read({ MetricAlarms: [] })).toBeUndefined();
    expect(() => read({})).toThrow("MetricAlarms is missing");
    expect(() => read({ MetricAlarms: [{ ...raw, EvaluationPeriods: "two" }] })).toThrow("EvaluationPeriods");
  });
  it("does not take an alarm of another name for it", () => {
    expect(read({ MetricAlarms: [{ ...raw, AlarmName: "ab" }] })).toBeUndefined();
  });
  it("reads a composite alarm's rule as it stands, and who holds its actions back", () => {
    const composite = (more: object) => read({ MetricAlarms: [], CompositeAlarms: [{ AlarmName: "a", ...more }] });
    const AlarmRule = "AT_LEAST(2, ALARM, (x, y))";
    expect(composite({ AlarmRule })).toEqual({ composite: { rule: AlarmRule, suppressor: null } });
    expect(composite({ AlarmRule, ActionsSuppressor: "deploying" })).toMatchObject({
      composite: { suppressor: "deploying" },
    });
    // An alarm without a rule is there all the same.
    expect(composite({})).toEqual({ composite: { rule: "", suppressor: null } });
  });
  it("reads an alarm on an anomaly band with the metric that is compared with it", () => {
    const band = { Id: "b", Expression: "ANOMALY_DETECTION_BAND(m, 2)" };
    const metric = stat("m", "TargetResponseTime", "p99", { ReturnData: true });
    const comparison = { ComparisonOperator: "GreaterThanUpperThreshold" };
    // The band may come first.
    const answer = onQueries([band, metric], { Threshold: null, ThresholdMetricId: "b", ...comparison });
    expect(answer).toMatchObject({
      alarm: { kind: "anomaly-band", statistic: "p99", band: { judged: "b", words: "ANOMALY_DETECTION_BAND(m, 2)" } },
    });
    expect(answer && "alarm" in answer && answer.alarm.expression).toBeUndefined();
  });
  it("tells a PromQL alarm, which has neither periods nor a comparison", () => {
    const { EvaluationPeriods: _, ComparisonOperator: __, Threshold: ___, ...rest } = raw;
    const EvaluationCriteria = { PromQLCriteria: { Query: "up == 0", PendingPeriod: 120 } };
    const promql = { AlarmName: "a", AlarmArn: rest.AlarmArn, StateValue: "OK", EvaluationCriteria };
    const parsed = describeAlarms(["a"]).parse([{ MetricAlarms: [promql] }]);
    expect(parsed.flaws).toEqual([]);
    expect(parsed.value.get("a")).toEqual({
      kind: "promql",
      unsupported: "it is a PromQL alarm, on up == 0; lbdoctor does not know those",
    });
  });
  it("says of each alarm what kind it is", () => {
    const kindOf = (queries: unknown[], more = {}) => {
      const answer = onQueries(queries, more);
      return answer && ("alarm" in answer ? answer.alarm.kind : "kind" in answer ? answer.kind : null);
    };
    expect(read({ MetricAlarms: [raw] })).toMatchObject({ alarm: { kind: "metric" } });
    const latency = stat("m", "TargetResponseTime", "p99");
    expect(kindOf([{ ...latency, ReturnData: true }])).toBe("metric");
    expect(kindOf([{ Id: "e", Expression: "FILL(m, 0)" }, latency])).toBe("expression");
    const select = {
      Id: "q",
      Expression: 'SELECT MAX(TargetResponseTime) FROM "AWS/ApplicationELB" GROUP BY LoadBalancer',
    };
    expect(kindOf([select])).toBe("metrics-insights");
  });

  const stat = (id: string, metric: string, Stat: string, more = {}) => ({
    Id: id,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: "AWS/ApplicationELB",
        MetricName: metric,
        Dimensions: [{ Name: "LoadBalancer", Value: "app/a/1" }],
      },
      Period: 60,
      Stat,
    },
    ...more,
  });
  const onQueries = (Metrics: unknown[], more = {}) => {
    const { MetricName: _, Namespace: __, Statistic: ___, Dimensions: ____, Period: _____, ...rest } = raw;
    return read({ MetricAlarms: [{ ...rest, Metrics, ...more }] });
  };

  it("reads an alarm on an expression with the latency beneath it", () => {
    const judged = { Id: "e", Expression: "IF(n >= 20, m)" };
    expect(onQueries([judged, stat("m", "TargetResponseTime", "p99"), stat("n", "RequestCount", "Sum")])).toMatchObject(
      {
        alarm: {
          metric: "TargetResponseTime",
          statistic: "p99",
          period: 60,
          dimensions: { LoadBalancer: "app/a/1" },
          expression: { judged: "e", words: "IF(n >= 20, m)" },
        },
      },
    );
  });
  it("knows an expression without a latency by the metric that it names first", () => {
    const share = { Id: "e", Expression: "100 * x / n" };
    const counts = [stat("n", "RequestCount", "Sum"), stat("x", "HTTPCode_Target_5XX_Count", "Sum")];
    expect(onQueries([share, ...counts])).toMatchObject({
      alarm: { metric: "HTTPCode_Target_5XX_Count", statistic: "Sum", expression: { words: "100 * x / n" } },
    });
  });
  it("keeps the unit that an alarm names", () => {
    expect(read({ MetricAlarms: [{ ...raw, Unit: "Seconds" }] })).toMatchObject({ alarm: { unit: "Seconds" } });
  });
  it("takes a list of one metric for that metric", () => {
    const answer = onQueries([stat("m", "TargetResponseTime", "Average", { ReturnData: true })]);
    expect(answer).toMatchObject({ alarm: { statistic: "Average", period: 60 } });
    expect(answer && "alarm" in answer && answer.alarm.expression).toBeUndefined();
  });
  it.each([
    [
      "several latencies",
      [
        { Id: "e", Expression: "MAX([m, k])" },
        stat("m", "TargetResponseTime", "p99"),
        stat("k", "TargetResponseTime", "p50"),
      ],
      {},
      /MAX\(\[m, k\]\); it is computed from p99 of AWS\/ApplicationELB TargetResponseTime \(app\/a\/1\), p50 of/,
    ],
    [
      "metrics of two load balancers",
      [
        { Id: "e", Expression: "x / n" },
        stat("x", "HTTPCode_Target_5XX_Count", "Sum"),
        {
          Id: "n",
          MetricStat: {
            Metric: {
              Namespace: "AWS/ApplicationELB",
              MetricName: "RequestCount",
              Dimensions: [{ Name: "LoadBalancer", Value: "app/b/2" }],
            },
            Period: 60,
            Stat: "Sum",
          },
          ReturnData: false,
        },
      ],
      {},
      /it is computed from Sum of AWS\/ApplicationELB HTTPCode_Target_5XX_Count/,
    ],
    [
      "a band around an expression",
      [
        { Id: "e", Expression: "x / n" },
        stat("x", "HTTPCode_Target_5XX_Count", "Sum"),
        stat("n", "RequestCount", "Sum"),
        { Id: "b", Expression: "ANOMALY_DETECTION_BAND(e, 2)" },
      ],
      { Threshold: null, ThresholdMetricId: "b" },
      /anomaly detection band; it is computed from Sum of/,
    ],
    [
      "a Metrics Insights query",
      [{ Id: "q", Expression: 'SELECT MAX(x) FROM "AWS/ApplicationELB"' }],
      {},
      /it is a Metrics Insights alarm, on SELECT MAX/,
    ],
    [
      "neither a threshold nor a band",
      [stat("m", "TargetResponseTime", "p99", { ReturnData: true })],
      { Threshold: null },
      /neither/,
    ],
    [
      "another account's metric",
      [stat("m", "TargetResponseTime", "Average", { ReturnData: true, AccountId: "444455556666" })],
      {},
      /account 444455556666/,
    ],
    ["a query that cannot be read", [{ Id: 7 }], {}, /cannot be read/],
  ])("says why an alarm on %s cannot be looked into", (_, queries, more, words) => {
    expect(onQueries(queries, more)).toMatchObject({ unsupported: expect.stringMatching(words) });
  });
});

describe("metricData", () => {
  const wanted = [{ id: "m0", namespace: "n", metric: "M", dimensions: {}, statistic: "Average" }];
  const typed = metricData({ start: 0, end: 240 }, 60, wanted);
  const read = (result: object) =>
    typed.parse([{ MetricDataResults: [{ Id: "m0", StatusCode: "Complete", ...result }] }]);

  it("lays datapoints on the grid, newest first or not, with nothing where none came", () => {
    const { value } = read({ Timestamps: ["1970-01-01T00:03:00Z", 60], Values: [3, 1] });
    expect(value.get("m0")).toEqual({ start: 0, step: 60, values: [null, 1, null, 3] });
  });
  it("leaves out values that are no numbers and times that are none, and says so", () => {
    const { value, flaws } = read({ Timestamps: [0, 60, "x", 120], Values: ["NaN", 1, 2, Number.NaN] });
    expect(value.get("m0")?.values).toEqual([null, 1, null, null]);
    expect(flaws).toEqual(["m0: 3 datapoints left out, not a time with a number"]);
  });
  it("does not take an answer without the metric for a metric without traffic", () => {
    expect(() => typed.parse([{ MetricDataResults: [] }])).toThrow("none of the requested metrics");
    expect(() => typed.parse([{}])).toThrow("MetricDataResults is missing");
    expect(read({ Timestamps: [], Values: [] }).value.get("m0")?.values).toEqual([null, null, null, null]);
  });
  it("asks for whole periods", () => {
    expect(metricData({ start: 30, end: 200 }, 60, wanted).question.input).toMatchObject({
      StartTime: "1970-01-01T00:00:00Z",
      EndTime: "1970-01-01T00:04:00Z",
    });
  });
});
