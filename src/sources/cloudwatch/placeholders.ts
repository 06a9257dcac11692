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

function alarmObject({ alarm }: Planned) {
  return {
    AlarmName: alarm,
    AlarmArn: `arn:aws:cloudwatch:${K.region}:${K.account}:alarm:${alarm}`,
    StateValue: "OK",
    MetricName: "TargetResponseTime",
    Namespace: "AWS/ApplicationELB",
    Statistic: "Average",
    Dimensions: [{ Name: "LoadBalancer", Value: K.loadBalancer }],
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 1,
    ComparisonOperator: "GreaterThanThreshold",
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

/** Slow in the middle of the window for the load balancer and one group, and a hundred requests in every minute. */
function metrics(planned: Planned, input: Input) {
  const [start, end] = [epoch(input.StartTime), epoch(input.EndTime)];
  const times = Array.from({ length: Math.floor((end - start) / 60) }, (_, index) => start + index * 60);
  const queries = Array.isArray(input.MetricDataQueries) ? input.MetricDataQueries : [];
  return {
    MetricDataResults: queries.map((query: Json) => {
      const text = JSON.stringify(query);
      const slow = (time: number) =>
        time >= at(planned, 0.5) - 120 && time < at(planned, 0.6) && !text.includes(K.other);
      const value = (time: number) => (text.includes("Count") ? 100 : slow(time) ? 5 : 0.1);
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
