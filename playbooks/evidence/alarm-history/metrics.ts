import {
  type AlarmFact,
  type Beside,
  cells,
  judgedWanted,
  type LatencyFact,
  type MetricWanted,
  type Series,
} from "../../../src/playbook.ts";
import type { Answers } from "./step.ts";

/** What is counted beside a load balancer's metric: its requests, and the errors that came meanwhile. */
export function requestsAndErrors(alarm: AlarmFact): Beside {
  const { namespace, dimensions } = alarm;
  const count = (id: string, metric: string) => ({ id, namespace, metric, dimensions, statistic: "Sum" });
  const { TargetGroup: _, ...whole } = dimensions;
  // The load balancer's own 5xx have no target group dimension (CloudWatch metrics for ALB).
  const elb5xx = { ...count("elb5xx", "HTTPCode_ELB_5XX_Count"), dimensions: whole };
  return {
    traffic: { counts: "requests", from: "clients", wanted: count("requests", "RequestCount") },
    companions: [
      { counts: "5xx", from: "targets", wanted: count("target5xx", "HTTPCode_Target_5XX_Count") },
      { counts: "5xx", from: "the load balancer", wanted: elb5xx },
    ],
    sampled: true,
  };
}

/** What is asked of CloudWatch at a latency alarm's period: how slow, how many requests, how many errors. */
export function wantedMetrics(alarm: AlarmFact): MetricWanted[] {
  const { traffic, companions } = requestsAndErrors(alarm);
  const latency = (id: string, statistic: string) => ({ ...judgedWanted(alarm), id, statistic });
  return [
    latency("judged", alarm.statistic),
    latency("average", "Average"),
    latency("p50", "p50"),
    latency("p95", "p95"),
    latency("p99", "p99"),
    latency("maximum", "Maximum"),
    ...[...(traffic ? [traffic] : []), ...companions].map(({ wanted }) => wanted),
  ];
}

/** The answers to them as one fact; `judged` is what the alarm makes of them on the clock's grid. */
export function toLatency(answers: Answers, judged: Series, period: number): LatencyFact {
  const of = (id: string) => answers.get(id) ?? { start: 0, step: period, values: [] };
  return {
    period,
    judged,
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

/** Percentiles that a steadier or calmer alarm may judge instead; what an expression may leave out are not datapoints. */
export function otherStatistics(answers: Answers) {
  const statistics = Object.fromEntries(
    ["p50", "p95", "p99"].flatMap((id) => {
      const series = answers.get(id);
      return series ? [[id, series]] : [];
    }),
  );
  const average = answers.get("average");
  return { statistics, datapoints: average ? cells(average).length : 0 };
}
