import { describe, expect, it } from "vitest";
import { sizeOf } from "../../src/analysis/metric-math/size.ts";
import { unitOf } from "../../src/analysis/metric-unit.ts";
import { badSide } from "../../src/model/metric.ts";
import { beyondWords, shortWords, unitSymbol, valueWords } from "../../src/model/metric-words.ts";

const watched = (metric: string, statistic = "Sum", namespace = "AWS/ApplicationELB") => ({
  namespace,
  metric,
  statistic,
});
const query = (Id: string, MetricName: string) => ({
  Id,
  MetricStat: { Metric: { Namespace: "AWS/ApplicationELB", MetricName }, Stat: "Sum" },
});
/** An alarm on metric math over m1, m2, m3, which are all of one metric unless said otherwise. */
const math = (text: string, m1 = "HTTPCode_Target_5XX_Count", m2 = m1, m3 = m1) => ({
  ...watched(m1),
  expression: {
    queries: [{ Id: "e", Expression: text }, query("m1", m1), query("m2", m2), query("m3", m3)],
    judged: "e",
    words: text,
  },
});

describe("a value of a metric", () => {
  it.each([
    ["a latency", watched("TargetResponseTime", "p99"), 0.8, "0.8 s", "s"],
    ["a Classic Load Balancer's latency", watched("Latency", "Average", "AWS/ELB"), 12.34, "12.3 s", "s"],
    ["the time of logging in", watched("ELBAuthLatency", "Average"), 320, "0.32 s", "ms"],
    ["errors", watched("HTTPCode_Target_5XX_Count"), 1234, "1234", "count"],
    ["errors of connections", watched("TargetConnectionErrorCount"), 3, "3", "count"],
    ["hosts", watched("HealthyHostCount", "Minimum"), 1, "1 host", "hosts"],
    ["half a host", watched("UnHealthyHostCount", "Average"), 1.5, "1.5 hosts", "hosts"],
    ["connections", watched("ActiveConnectionCount"), 250, "250 connections", "connections"],
    ["flows", watched("NewFlowCount_TLS", "Sum", "AWS/NetworkELB"), 1, "1 connection", "connections"],
    ["bytes", watched("ProcessedBytes"), 4_120_000, "4.12 MB", "B"],
    ["few bytes", watched("ProcessedBytes"), 512, "512 B", "B"],
    ["capacity units", watched("ConsumedLCUs", "Average"), 1.25, "1.25", null],
    ["what another service publishes", watched("Latency", "Average", "Shop/Checkout"), 3, "3", null],
    // None of these is a time, whatever the metric is.
    ["how many samples a latency has", watched("TargetResponseTime", "SampleCount"), 40, "40", "count"],
    ["the percent of samples in a range", watched("TargetResponseTime", "PR(:0.3)"), 97.5, "97.5 %", "%"],
    ["how many samples are in a range", watched("TargetResponseTime", "TC(0.3:)"), 12, "12", "count"],
    ["a trimmed mean", watched("TargetResponseTime", "tm90"), 0.0421, "0.042 s", "s"],
    ["a trimmed mean of a range", watched("TargetResponseTime", "TM(:0.9)"), 0.5, "0.5 s", "s"],
    ["a share in percent", math("m1/m2*100"), 0.05, "0.05 %", "%"],
    ["a share of one", math("m1/m2"), 0.05, "5 %", "share"],
    ["a sum's share", math("100*(m1+m2)/m3"), 12, "12 %", "%"],
    ["a share where there is something", math("IF(m2 > 20, 100*m1/m2, 0)"), 5, "5 %", "%"],
    [
      "a share of hosts where there is traffic",
      math("IF(m3 > 20, 100*m1/m2, 0)", "UnHealthyHostCount", "HealthyHostCount", "RequestCount"),
      25,
      "25 %",
      "%",
    ],
    ["a share of a sum of hosts", math("m1/(m1+m2)", "UnHealthyHostCount", "HealthyHostCount"), 0.25, "25 %", "share"],
    ["bytes a request", math("m1/m2", "ProcessedBytes", "RequestCount"), 1200, "1200", null],
    ["requests a host", math("m1/m2", "RequestCount", "HealthyHostCount"), 900, "900", null],
    [
      "errors or requests, each a host",
      math("MAX([m1/m3, m2/m3])", "RequestCount", "RequestCount", "HealthyHostCount"),
      900,
      "900",
      null,
    ],
    ["errors and bytes added up", math("m1+m2", "HTTPCode_Target_5XX_Count", "ProcessedBytes"), 900, "900", null],
    ["availability", math("100 - 100*m1/m2"), 99.95, "99.95 %", "%"],
    ["a latency in milliseconds", math("m1*1000", "TargetResponseTime"), 800, "0.8 s", "ms"],
    ["a metric with its gaps filled", math("FILL(m1, 0)"), 7, "7", "count"],
    ["several hosts added up", math("m1+m2", "HealthyHostCount"), 4, "4 hosts", "hosts"],
    ["what no text tells", math("RATE(m1)"), 0.25, "0.25", null],
    ["a product", math("m1*m2"), 9, "9", null],
  ])("%s", (_, alarm, value, words, symbol) => {
    expect([valueWords(unitOf(alarm), value), unitSymbol(unitOf(alarm))]).toEqual([words, symbol]);
  });

  it("stands without its noun where there is little room", () => {
    expect(shortWords(unitOf(watched("HealthyHostCount")), 12)).toBe("12");
    expect(shortWords(unitOf(watched("TargetResponseTime", "Average")), 12)).toBe("12 s");
  });
});

it("an expression that names itself, or nothing, has no size", () => {
  expect(sizeOf({ queries: [{ Id: "e", Expression: "e / e" }], judged: "e" })).toBeNull();
  expect(sizeOf({ queries: [{ Id: "e", Expression: "1 + 2" }], judged: "e" })).toBeNull();
  expect(sizeOf({ queries: [{ Id: "e", Expression: "m1 /" }], judged: "e" })).toBeNull();
});

it.each([
  ["GreaterThanThreshold", "above", "over"],
  ["GreaterThanOrEqualToThreshold", "above", "over"],
  ["GreaterThanUpperThreshold", "above", "over"],
  ["LessThanThreshold", "below", "below"],
  ["LessThanOrEqualToThreshold", "below", "below"],
  ["LessThanLowerThreshold", "below", "below"],
  ["LessThanLowerOrGreaterThanUpperThreshold", "outside", "outside"],
])("%s: the bad side is %s", (comparison, side, words) => {
  expect(badSide({ comparison })).toBe(side);
  expect(beyondWords(badSide({ comparison }))).toBe(words);
});
