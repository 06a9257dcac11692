import type { Input } from "../../model/question.ts";
import { iso } from "../../model/time.ts";
import { awsDescriptor, mayRead } from "../aws/service.ts";
import { NOBODY } from "../descriptor.ts";
import type { LiveCloudWatch } from "./live.ts";
import { placeholder } from "./placeholders.ts";
import { oneMetric } from "./short.ts";

const ID = "cloudwatch";

export const CLOUDWATCH = awsDescriptor<LiveCloudWatch>({
  id: ID,
  title: "CloudWatch",
  // GetMetricData costs 0.01 USD for 1,000 metrics requested (CloudWatch pricing); whether several statistics of one metric
  // count as one is not documented, so this is the upper bound.
  price: { unit: "CloudWatch metrics", usd: 0.01 / 1000 },
  prefix: "cloudwatch",
  operations: ["DescribeAlarms", "DescribeAlarmHistory", "GetMetricData"],
  shown: {
    DescribeAlarms:
      "MetricAlarms[].[AlarmName,MetricName,Statistic||ExtendedStatistic,Threshold,Period,DatapointsToAlarm,EvaluationPeriods,StateValue]",
    DescribeAlarmHistory: "AlarmHistoryItems[?HistoryItemType=='StateUpdate'].[Timestamp,HistorySummary]",
    GetMetricData: "MetricDataResults[].[Label,to_string(Values)]",
  },
  shorter: oneMetric,
  placeholder,
  checks: [
    { ...mayRead("alarms", ID, "DescribeAlarms", () => ({ AlarmNames: [NOBODY] })), vital: true },
    mayRead("alarm history", ID, "DescribeAlarmHistory", () => ({ AlarmName: NOBODY, MaxRecords: 1 })),
    mayRead("metrics", ID, "GetMetricData", anyMetric),
  ],
  async open({ aws }) {
    const { LiveCloudWatch } = await import("./live.ts");
    return new LiveCloudWatch(aws);
  },
});

function anyMetric(): Input {
  const now = Math.floor(Date.now() / 60_000) * 60;
  const Metric = { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount" };
  return {
    StartTime: iso(now - 60),
    EndTime: iso(now),
    MetricDataQueries: [{ Id: "m", MetricStat: { Metric, Period: 60, Stat: "Sum" } }],
  };
}
