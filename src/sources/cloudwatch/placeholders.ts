import type { Input, Json, Question } from "../../model/question.ts";
import { epoch, iso } from "../../model/time.ts";
import { KNOWN_LATER as K, type Planned } from "../placeholders.ts";

/** The made-up alarm has one episode, in the middle of the window. */
export function placeholder({ operation, input }: Question, planned: Planned): unknown {
  switch (operation) {
    case "DescribeAlarms":
      return { MetricAlarms: [alarmObject(planned)], CompositeAlarms: [] };
    case "DescribeAlarmHistory":
      return { AlarmHistoryItems: [change(planned, "OK", "ALARM", 0.5), change(planned, "ALARM", "OK", 0.6)] };
    case "GetMetricData":
      return metrics(planned, input);
    default:
      return null;
  }
}

/** How the dimension LoadBalancer begins; a Classic Load Balancer is named by its name alone. */
const PREFIXES = new Map([
  ["AWS/ApplicationELB", "app"],
  ["AWS/NetworkELB", "net"],
  ["AWS/GatewayELB", "gwy"],
]);

function alarmObject({ alarm, watched }: Planned) {
  const isCertificate = watched.metric === "DaysToExpiry";
  const certificate = {
    Name: "CertificateArn",
    Value: `arn:aws:acm:${K.region}:${K.account}:certificate/${K.certificate}`,
  };
  const group = { Name: "TargetGroup", Value: `targetgroup/${K.group}/<id>` };
  const prefix = PREFIXES.get(watched.namespace);
  const balancer =
    prefix === undefined
      ? { Name: "LoadBalancerName", Value: K.loadBalancer }
      : { Name: "LoadBalancer", Value: `${prefix}/${K.loadBalancer}/<id>` };
  return {
    AlarmName: alarm,
    AlarmArn: `arn:aws:cloudwatch:${K.region}:${K.account}:alarm:${alarm}`,
    StateValue: "OK",
    MetricName: watched.metric,
    Namespace: watched.namespace,
    Statistic: watched.statistic,
    Dimensions: isCertificate
      ? [certificate]
      : [balancer, ...(watched.onTargetGroup && prefix !== undefined ? [group] : [])],
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 1,
    ComparisonOperator: watched.comparison,
  };
}

function at({ window }: Planned, share: number): number {
  return Math.floor((window.start + share * (window.end - window.start)) / 60) * 60;
}

function change(planned: Planned, from: string, to: string, share: number) {
  return {
    AlarmName: planned.alarm,
    Timestamp: iso(at(planned, share)),
    HistoryItemType: "StateUpdate",
    HistorySummary: `Alarm updated from ${from} to ${to}`,
  };
}

/** Metrics that are zero where nothing is wrong. */
const TROUBLES =
  /HTTPCode_(ELB_5|Target_5|Backend_5)|ErrorCount|UnHealthyHostCount|Reset_Count|Blocked|Rejected|Spillover/;

/** Slow and failing in the middle of the window for the load balancer and one group; a hundred requests in every minute. */
function metrics(planned: Planned, input: Input) {
  const [start, end] = [epoch(input.StartTime), epoch(input.EndTime)];
  const times = Array.from({ length: Math.floor((end - start) / 60) }, (_, index) => start + index * 60);
  const queries = Array.isArray(input.MetricDataQueries) ? input.MetricDataQueries : [];
  return {
    MetricDataResults: queries.map((query: Json) => {
      const text = JSON.stringify(query);
      const slow = (time: number) =>
        time >= at(planned, 0.5) - 120 && time < at(planned, 0.6) && !text.includes(K.other);
      const trouble = (time: number) => (slow(time) ? 5 : TROUBLES.test(text) ? 0 : 0.1);
      // In that time none of its targets is healthy.
      const isHealthy = text.includes('"HealthyHostCount"');
      const isCount = text.includes("Count") && !TROUBLES.test(text);
      const value = (time: number) => (isHealthy && slow(time) ? 0 : isCount ? 100 : trouble(time));
      return {
        Id: (query as Input).Id,
        Timestamps: times.map(iso),
        Values: times.map(value),
        StatusCode: "Complete",
      };
    }),
    Messages: [],
  };
}
