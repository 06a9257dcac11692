import type { Question } from "../../model/question.ts";
import { shellLine, shellQuoted } from "../../model/shell.ts";
import { epoch } from "../../model/time.ts";
import * as z from "../zod.ts";

/** GetMetricStatistics gives at most so many datapoints (API reference, GetMetricStatistics). */
const MOST_POINTS = 1440;

const first = z.object({
  MetricStat: z.object({
    Metric: z.object({
      Namespace: z.string(),
      MetricName: z.string(),
      Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
    }),
    Period: z.number(),
    Stat: z.string(),
  }),
});
const asked = z.object({ StartTime: z.string(), EndTime: z.string(), MetricDataQueries: z.array(z.unknown()) });

/**
 * The first metric of a GetMetricData as lines of time and value: GetMetricStatistics is what one types for one metric. Null
 * for any other question, and for expressions. Over a long window its periods are longer, so that all of it comes at once.
 */
export function oneMetric({ operation, input }: Question): string | null {
  if (operation !== "GetMetricData") return null;
  const all = asked.safeParse(input).data;
  const one = first.safeParse(all?.MetricDataQueries[0]).data?.MetricStat;
  if (!all || !one) return null;
  const { Metric, Period, Stat } = one;
  const points = (epoch(all.EndTime) - epoch(all.StartTime)) / Period;
  const period = Period * Math.max(1, Math.ceil(points / MOST_POINTS));
  const simple = /^(Average|Sum|Minimum|Maximum|SampleCount)$/.test(Stat);
  const value = simple ? Stat : `ExtendedStatistics."${Stat}"`;
  const line = shellLine(
    ...[
      "aws",
      "cloudwatch",
      "get-metric-statistics",
      "--namespace",
      Metric.Namespace,
      "--metric-name",
      Metric.MetricName,
    ],
    ...["--dimensions", ...Metric.Dimensions.map(({ Name, Value }) => `Name=${Name},Value=${Value}`)],
    ...["--start-time", all.StartTime, "--end-time", all.EndTime, "--period", String(period)],
    ...[simple ? "--statistics" : "--extended-statistics", Stat],
  );
  return `${line} --query ${shellQuoted(`sort_by(Datapoints,&Timestamp)[].[Timestamp,${value}]`)} --output text`;
}
