import { evaluateAlarm } from "../../simulator/alarm.ts";
import type { AlarmSpec } from "../../simulator/scenario.ts";
import type { Answer, Input, Json, Question } from "../../src/model/question.ts";
import { type Epoch, epoch, iso } from "../../src/model/time.ts";
import type { Source } from "../../src/sources/port.ts";

/*
 * CloudWatch for an alarm on any metric: minutes that are made by hand, and the alarm's history as the simulator's own
 * judgement has it over windows that slide.
 */

export const NOW: Epoch = 1_782_475_200;
const MINUTES = 240;
export const START: Epoch = NOW - MINUTES * 60;
/** Minutes before the window that are there, so that its first windows are whole. */
const LEAD = 60;

/** What CloudWatch holds of one metric in a minute; null: no datapoint. */
export type Minute = { readonly sum: number; readonly samples: number } | null;
/** Of each minute, counted from the window's beginning. */
export type Minutes = (minute: number) => Minute;

/** A datapoint of this sum, from one sample. */
export const one = (sum: number): Minute => ({ sum, samples: 1 });

export interface World {
  readonly alarm: {
    readonly name: string;
    readonly comparison: string;
    readonly threshold: number;
    readonly period: number;
    readonly evaluationPeriods: number;
    readonly datapointsToAlarm: number;
    readonly treatMissingData: AlarmSpec["treatMissingData"];
    readonly dimensions: { readonly [name: string]: string };
    readonly metric: string;
    readonly statistic: string;
    readonly namespace?: string;
    /** Of metric math, with what it makes of its metrics, which have the ids m1, m2, …: [metric, statistic] each. */
    readonly expression?: {
      readonly text: string;
      readonly of: readonly (readonly [string, string])[];
      readonly value: (...metrics: (number | null)[]) => number | null;
    };
  };
  /** By the metric's name, or by "name target-group" where a target group has its own. */
  readonly metrics: { readonly [metric: string]: Minutes };
  /** Whether the minutes of a longer period can be read. */
  readonly withMinutes?: boolean;
}

type Query = {
  Id: string;
  Expression?: string;
  MetricStat?: {
    Metric: { MetricName: string; Dimensions?: readonly { Name: string; Value: string }[] };
    Stat: string;
    Period: number;
  };
};

/** Answers as CloudWatch does. */
export function sourceOf(world: World): Source {
  return {
    async ask({ operation, input }: Question): Promise<Answer> {
      switch (operation) {
        case "DescribeAlarms":
          return page({ MetricAlarms: [describedAlarm(world)], CompositeAlarms: [] });
        case "DescribeAlarmHistory":
          return page({ AlarmHistoryItems: historyOf(world, input) });
        case "GetMetricData":
          return data(world, input);
        default:
          return { status: "failed", failure: { kind: "missing", message: `nothing answers ${operation}` } };
      }
    },
  };
}

function page(value: unknown): Answer {
  return { status: "answered", pages: [value] };
}

function describedAlarm({ alarm }: World) {
  const { metric, statistic, expression, dimensions, period } = alarm;
  const list = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const queries = expression && [
    { Id: "judged", Expression: expression.text, ReturnData: true },
    ...expression.of.map(([MetricName, Stat], index) => ({
      Id: `m${index + 1}`,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: "AWS/ApplicationELB", MetricName, Dimensions: list }, Period: period, Stat },
    })),
  ];
  return {
    AlarmName: alarm.name,
    AlarmArn: `arn:aws:cloudwatch:eu-west-2:111122223333:alarm:${alarm.name}`,
    StateValue: "OK",
    ...(queries
      ? { Metrics: queries }
      : {
          MetricName: metric,
          Namespace: alarm.namespace ?? "AWS/ApplicationELB",
          Statistic: statistic,
          Dimensions: list,
          Period: period,
        }),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissingData,
  };
}

function metricOf({ metrics }: World, { MetricName, Dimensions = [] }: NonNullable<Query["MetricStat"]>["Metric"]) {
  const group = Dimensions.find(({ Name }) => Name === "TargetGroup")?.Value.split("/")[1];
  return metrics[`${MetricName} ${group}`] ?? metrics[MetricName];
}

/** The statistic of a metric over minutes. */
function statistic(minutes: Minutes | undefined, stat: string, from: number, to: number): number | null {
  const parts: { sum: number; samples: number }[] = [];
  for (let minute = from; minute < to; minute += 1) {
    const here = minute < MINUTES ? minutes?.(minute) : null;
    if (here) parts.push(here);
  }
  if (parts.length === 0) return null;
  const [sum, samples] = [total(parts.map((part) => part.sum)), total(parts.map((part) => part.samples))];
  const values = parts.map((part) => part.sum / part.samples);
  switch (stat) {
    case "Sum":
      return sum;
    case "SampleCount":
      return samples;
    case "Average":
      return sum / samples;
    case "Minimum":
      return Math.min(...values);
    case "Maximum":
    case "p50":
    case "p95":
    case "p99":
      return Math.max(...values);
    default:
      return null;
  }
}

const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** What the alarm judges over minutes. */
function judged({ alarm, metrics }: World, from: number, to: number): number | null {
  const { expression } = alarm;
  const group = alarm.dimensions.TargetGroup?.split("/")[1];
  const own = metrics[`${alarm.metric} ${group}`] ?? metrics[alarm.metric];
  if (!expression) return statistic(own, alarm.statistic, from, to);
  return expression.value(...expression.of.map(([metric, stat]) => statistic(metrics[metric], stat, from, to)));
}

/** The alarm's changes of state. */
export function changesOf(world: World) {
  const { alarm } = world;
  const step = alarm.period / 60;
  const values = Array.from({ length: LEAD + MINUTES }, (_, index) => {
    const to = index - LEAD + 1;
    return to - step < -LEAD ? null : judged(world, to - step, to);
  });
  const spec = { ...alarm, initially: "OK", since: 0, changed: undefined };
  return evaluateAlarm(values, START - LEAD * 60, spec as unknown as AlarmSpec, NOW).changes;
}

function historyOf(world: World, { StartDate, EndDate }: Input) {
  const [from, to] = [epoch(StartDate), epoch(EndDate)];
  return changesOf(world)
    .filter(({ at }) => at >= from && at <= to)
    .map((change) => ({
      AlarmName: world.alarm.name,
      Timestamp: iso(Math.round(change.at)),
      HistoryItemType: "StateUpdate",
      HistorySummary: `Alarm updated from ${change.from} to ${change.to}`,
      HistoryData: JSON.stringify({ oldState: { stateValue: change.from }, newState: { stateValue: change.to } }),
    }));
}

function data(world: World, { StartTime, EndTime, MetricDataQueries }: Input): Answer {
  const queries = MetricDataQueries as unknown as readonly Query[];
  const period = queries.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60;
  if (world.withMinutes === false && period < world.alarm.period)
    return { status: "failed", failure: { kind: "not-recorded", message: "the recording does not hold it" } };
  const results = queries
    .filter(({ MetricStat }) => MetricStat || queries.some(({ Expression }) => Expression))
    .map((query) => {
      const points: { at: number; value: number }[] = [];
      for (let at = epoch(StartTime); at < epoch(EndTime); at += period) {
        const from = (at - START) / 60;
        const to = from + period / 60;
        const value = query.MetricStat
          ? statistic(metricOf(world, query.MetricStat.Metric), query.MetricStat.Stat, from, to)
          : judged(world, from, to);
        if (value !== null) points.push({ at, value });
      }
      return {
        Id: query.Id,
        Timestamps: points.map(({ at }): Json => iso(at)),
        Values: points.map(({ value }): Json => value),
        StatusCode: "Complete",
      };
    });
  return page({ MetricDataResults: results, Messages: [] });
}
