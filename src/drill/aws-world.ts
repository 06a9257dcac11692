import type { Answer, Input, Json, Question } from "../model/question.ts";
import { epoch } from "../model/time.ts";
import { field } from "../sources/parse.ts";
import type { Recorded } from "../sources/recording/recording.ts";

/*
 * What a recording holds of AWS, answered to whoever asks a little otherwise than lbdoctor did: another filter, another
 * time, one metric instead of twenty. Nothing is computed that was not recorded.
 */

/** The list that an operation answers, and how its items are chosen: a parameter of the question, and the items' member. */
const LISTS: {
  readonly [operation: string]: readonly [list: string, filters: { readonly [parameter: string]: string }];
} = {
  DescribeLoadBalancers: ["LoadBalancers", { LoadBalancerArns: "LoadBalancerArn", Names: "LoadBalancerName" }],
  DescribeTargetGroups: ["TargetGroups", { TargetGroupArns: "TargetGroupArn", Names: "TargetGroupName" }],
  DescribeListeners: ["Listeners", { ListenerArns: "ListenerArn" }],
  DescribeRules: ["Rules", { RuleArns: "RuleArn" }],
  DescribeTags: ["TagDescriptions", { ResourceArns: "ResourceArn" }],
  DescribeAlarms: ["MetricAlarms", { AlarmNames: "AlarmName", StateValue: "StateValue" }],
  DescribeAlarmHistory: ["AlarmHistoryItems", { AlarmName: "AlarmName", HistoryItemType: "HistoryItemType" }],
};

/** The recording's own answer to something like this question; null where it has none. */
export function askAws(recorded: readonly Recorded[], { source, operation, input }: Question): Answer | null {
  const pages = pagesOf(recorded, source, operation);
  if (operation === "GetMetricData") return page({ MetricDataResults: metricData(recorded, input), Messages: [] });
  if (operation === "GetMetricStatistics") return page(statistics(recorded, input));
  if (operation === "ListMetrics") return page({ Metrics: listedMetrics(recorded, input) });
  const [list, filters] = LISTS[operation] ?? [];
  if (list === undefined || filters === undefined) return null;
  const all = pages.flatMap((one) => listIn(one, list));
  const kept = all.filter((item) =>
    Object.entries(filters).every(([name, member]) => fits(input[name], field(item, member))),
  );
  const timely = operation === "DescribeAlarmHistory" ? kept.filter((item) => isWithin(item, input)) : kept;
  return page({ ...(operation === "DescribeAlarms" && { CompositeAlarms: [] }), [list]: timely });
}

function page(one: unknown): Answer {
  return { status: "answered", pages: [one] };
}

function pagesOf(recorded: readonly Recorded[], source: string, operation: string): unknown[] {
  return recorded.flatMap(({ question, answer }) =>
    question.source === source && question.operation === operation && answer.status === "answered" ? answer.pages : [],
  );
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name);
  return Array.isArray(list) ? list : [];
}

function fits(wanted: Json | undefined, value: unknown): boolean {
  if (wanted === undefined) return true;
  return Array.isArray(wanted) ? wanted.length === 0 || wanted.includes(value) : wanted === value;
}

function isWithin(item: unknown, { StartDate, EndDate }: Input): boolean {
  const at = String(field(item, "Timestamp"));
  return (StartDate === undefined || at >= String(StartDate)) && (EndDate === undefined || at <= String(EndDate));
}

/** One metric as it was recorded: what it is of, and its values by time. */
interface Line {
  readonly metric: unknown;
  readonly stat: string;
  readonly period: number;
  readonly times: readonly string[];
  readonly values: readonly number[];
}

function lines(recorded: readonly Recorded[]): Line[] {
  return recorded.flatMap(({ question, answer }) => {
    if (question.operation !== "GetMetricData" || answer.status !== "answered") return [];
    const results = answer.pages.flatMap((one) => listIn(one, "MetricDataResults"));
    return listIn(question.input, "MetricDataQueries").flatMap((query): Line[] => {
      const stat = field(query, "MetricStat");
      const own = results.filter((one) => field(one, "Id") === field(query, "Id"));
      if (stat === undefined || own.length === 0) return [];
      return [
        {
          metric: field(stat, "Metric"),
          stat: String(field(stat, "Stat")),
          period: Number(field(stat, "Period")),
          times: own.flatMap((one) => listIn(one, "Timestamps").map(String)),
          values: own.flatMap((one) => listIn(one, "Values").map(Number)),
        },
      ];
    });
  });
}

/** A metric's name and dimensions, in whatever order they were given. */
function nameOf(metric: unknown): string {
  const dimensions = listIn(metric, "Dimensions").map((one) => `${field(one, "Name")}=${field(one, "Value")}`);
  return [field(metric, "Namespace"), field(metric, "MetricName"), ...dimensions.sort()].join(" ");
}

function metricData(recorded: readonly Recorded[], input: Input): unknown[] {
  const known = lines(recorded);
  return listIn(input, "MetricDataQueries").map((query) => {
    const stat = field(query, "MetricStat");
    const wanted = [nameOf(field(stat, "Metric")), String(field(stat, "Stat")), Number(field(stat, "Period"))].join();
    const found = known.find((one) => [nameOf(one.metric), one.stat, one.period].join() === wanted);
    const points = found ? pointsOf(found, input) : [];
    return {
      Id: field(query, "Id"),
      Label: String(field(query, "Label") ?? field(field(stat, "Metric"), "MetricName") ?? "not recorded"),
      Timestamps: points.map(({ at }) => at),
      Values: points.map(({ value }) => value),
      StatusCode: "Complete",
    };
  });
}

function pointsOf({ times, values }: Line, { StartTime, EndTime }: Input): { at: string; value: number }[] {
  const [from, to] = [epoch(String(StartTime)), epoch(String(EndTime))];
  return times.flatMap((at, index) => {
    const value = values[index];
    return value !== undefined && epoch(at) >= from && epoch(at) < to ? [{ at, value }] : [];
  });
}

function statistics(recorded: readonly Recorded[], input: Input): object {
  const { Namespace, MetricName, Dimensions = [], Period } = input;
  const name = nameOf({ Namespace, MetricName, Dimensions });
  const wanted = [...listIn(input, "Statistics"), ...listIn(input, "ExtendedStatistics")].map(String);
  const found = lines(recorded).filter(
    (one) => nameOf(one.metric) === name && wanted.includes(one.stat) && one.period === Number(Period),
  );
  const points = new Map<string, { [key: string]: unknown }>();
  for (const line of found)
    for (const { at, value } of pointsOf(line, input)) {
      const point = points.get(at) ?? { Timestamp: at, Unit: "None" };
      if (line.stat.startsWith("p")) point.ExtendedStatistics = { [line.stat]: value };
      else point[line.stat] = value;
      points.set(at, point);
    }
  return { Label: MetricName, Datapoints: [...points.values()] };
}

function listedMetrics(recorded: readonly Recorded[], { Namespace, MetricName }: Input): unknown[] {
  const known = new Map(lines(recorded).map(({ metric }) => [nameOf(metric), metric]));
  return [...known.values()].filter(
    (metric) => fits(Namespace, field(metric, "Namespace")) && fits(MetricName, field(metric, "MetricName")),
  );
}
