import type { AlarmFact, LatencyFact, MetricWanted, Series } from "../../../src/playbook.ts";

/** What is asked of CloudWatch beside what the alarm judges: how slow, how many requests, how many errors. */
export function wantedMetrics(alarm: AlarmFact): MetricWanted[] {
  const { namespace, dimensions } = alarm;
  const latency = (id: string, statistic: string) => ({
    id,
    namespace,
    metric: "TargetResponseTime",
    dimensions,
    statistic,
  });
  const count = (id: string, metric: string) => ({ id, namespace, metric, dimensions, statistic: "Sum" });
  const { TargetGroup: _, ...whole } = dimensions;
  return [
    latency("judged", alarm.statistic),
    latency("average", "Average"),
    latency("p50", "p50"),
    latency("p95", "p95"),
    latency("p99", "p99"),
    latency("maximum", "Maximum"),
    count("requests", "RequestCount"),
    count("target5xx", "HTTPCode_Target_5XX_Count"),
    // The load balancer's own 5xx have no target group dimension (CloudWatch metrics for ALB).
    { ...count("elb5xx", "HTTPCode_ELB_5XX_Count"), dimensions: whole },
  ];
}

/** The answers to them as one fact. */
export function toLatency(series: ReadonlyMap<string, Series>, period: number): LatencyFact {
  const of = (id: string) => series.get(id) ?? { start: 0, step: period, values: [] };
  return {
    period,
    judged: of("judged"),
    average: of("average"),
    p50: of("p50"),
    p95: of("p95"),
    p99: of("p99"),
    maximum: of("maximum"),
    requests: of("requests"),
    target5xx: of("target5xx"),
    elb5xx: of("elb5xx"),
  };
}
