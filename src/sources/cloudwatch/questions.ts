import type { AlarmFact, AlarmState, Transition } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { iso, type Span } from "../../model/time.ts";
import {
  dictionary,
  field,
  instant,
  instantOrNull,
  Malformed,
  mapped,
  name,
  nameOrNull,
  number,
  pagedItems,
  text,
} from "../parse.ts";
import { parseJson } from "../size.ts";
import * as z from "../zod.ts";

const dimension = z.object({ Name: name, Value: name });
const state = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);

/** An alarm looks back over a day at most, over seven where its periods are hours (API reference, PutMetricAlarm). */
const LONGEST_LOOK = 7 * 86_400;
/** Seconds. */
const period = z.int().check(z.positive(), z.maximum(LONGEST_LOOK));
/** How many periods; with the shortest of 10 s a day has so many. */
const periods = z.int().check(z.positive(), z.maximum(8_640));

const metricAlarm = z
  .object({
    AlarmName: name,
    AlarmArn: name,
    AlarmDescription: text,
    StateValue: state,
    StateUpdatedTimestamp: z.optional(instantOrNull),
    StateTransitionedTimestamp: z.optional(instantOrNull),
    MetricName: nameOrNull,
    Namespace: nameOrNull,
    Statistic: nameOrNull,
    ExtendedStatistic: nameOrNull,
    Dimensions: z.nullish(z.array(dimension)),
    Period: mapped(z.nullish(period), (value) => value ?? null),
    EvaluationPeriods: periods,
    DatapointsToAlarm: mapped(z.nullish(periods), (value) => value ?? null),
    Threshold: number,
    ComparisonOperator: name,
    TreatMissingData: text,
    EvaluateLowSampleCountPercentile: text,
    ActionsEnabled: z.nullish(z.boolean()),
    AlarmActions: z.nullish(z.array(z.string())),
    OKActions: z.nullish(z.array(z.string())),
    InsufficientDataActions: z.nullish(z.array(z.string())),
    Metrics: z.nullish(z.array(z.unknown())),
  })
  .check(
    z.refine((raw) => (raw.DatapointsToAlarm ?? 1) <= raw.EvaluationPeriods, {
      error: "DatapointsToAlarm: expected at most EvaluationPeriods",
    }),
    z.refine((raw) => (raw.Period ?? 1) * raw.EvaluationPeriods <= LONGEST_LOOK, {
      error: "EvaluationPeriods: expected at most seven days of periods",
    }),
  );

/**
 * What an alarm is: one on a metric (or on an expression over it), one above other alarms, or one that lbdoctor cannot look
 * into, with the reason.
 */
export type AlarmAnswer =
  | { readonly alarm: AlarmFact }
  | { readonly beneath: readonly string[] }
  | { readonly unsupported: string };

/** DescribeAlarms takes at most 100 names a call (API reference, DescribeAlarms). */
export const ALARMS_PER_CALL = 100;

/** DescribeAlarms for some names, metric and composite alarms both. A name that is not among the answers has no alarm. */
export function describeAlarms(names: readonly string[]): Typed<Map<string, AlarmAnswer>> {
  return {
    question: {
      source: "cloudwatch",
      operation: "DescribeAlarms",
      input: { AlarmNames: names, AlarmTypes: ["MetricAlarm", "CompositeAlarm"] },
    },
    parse: (pages) => {
      const { value: metricAlarms, flaws = [] } = pagedItems(metricAlarm, pages, "MetricAlarms");
      const composites = pages.flatMap((page) => field(page, "CompositeAlarms") ?? []);
      const found = new Map<string, AlarmAnswer>();
      for (const one of metricAlarms) if (names.includes(one.AlarmName)) found.set(one.AlarmName, toAlarm(one));
      for (const one of composites) {
        const name = field(one, "AlarmName");
        if (typeof name === "string" && names.includes(name)) found.set(name, toComposite(field(one, "AlarmRule")));
      }
      // An alarm that came back but could not be read is not an alarm that does not exist.
      if (found.size === 0 && flaws.length > 0) throw new Malformed(flaws.join("; "));
      return { value: found, flaws };
    },
  };
}

/** The alarms that a composite alarm's rule names: `ALARM("a") AND NOT OK(b)` (CloudWatch, PutCompositeAlarm). */
function toComposite(rule: unknown): AlarmAnswer {
  const parts =
    typeof rule === "string" ? rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*("[^"]+"|[^\s()"]+)\s*\)/g) : [];
  const names = [...parts].map(([, name = ""]) => name.replace(/^"|"$/g, "").replace(/^arn:.*?:alarm:/, ""));
  if (names.length === 0) return { unsupported: "it is a composite alarm whose rule names no alarm" };
  return { beneath: [...new Set(names)] };
}

function toAlarm(raw: z.infer<typeof metricAlarm>): AlarmAnswer {
  if (raw.Metrics && raw.Metrics.length > 0) return toExpressionAlarm(raw, raw.Metrics);
  const statistic = raw.Statistic ?? raw.ExtendedStatistic;
  const { MetricName: metric, Namespace: namespace, Period: period, Threshold: threshold } = raw;
  if (metric === null || namespace === null || statistic === null || period === null || threshold === null)
    return { unsupported: "CloudWatch tells neither its metric nor an expression" };
  const dimensions = byName(raw.Dimensions ?? []);
  return { alarm: { ...common(raw), namespace, metric, dimensions, statistic, period, threshold } };
}

/** What every kind of metric alarm says. */
function common(raw: z.infer<typeof metricAlarm>) {
  return {
    name: raw.AlarmName,
    arn: raw.AlarmArn,
    description: raw.AlarmDescription,
    comparison: raw.ComparisonOperator,
    evaluationPeriods: raw.EvaluationPeriods,
    datapointsToAlarm: raw.DatapointsToAlarm ?? raw.EvaluationPeriods,
    treatMissingData: missingTreatment(raw.TreatMissingData),
    state: raw.StateValue,
    stateSince: raw.StateTransitionedTimestamp ?? raw.StateUpdatedTimestamp ?? null,
    lowSamples: raw.EvaluateLowSampleCountPercentile === "ignore" ? "ignore" : "evaluate",
    actions: {
      alarm: raw.AlarmActions ?? [],
      ok: raw.OKActions ?? [],
      insufficientData: raw.InsufficientDataActions ?? [],
      enabled: raw.ActionsEnabled ?? true,
    },
  } as const;
}

function byName(dimensions: readonly z.infer<typeof dimension>[]): { readonly [name: string]: string } {
  return dictionary(dimensions.map(({ Name, Value }) => [Name, Value]));
}

const metricQuery = z.object({
  Id: z.string(),
  Label: z.optional(z.string()),
  Expression: z.optional(z.string()),
  MetricStat: z.optional(
    z.object({
      Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: z.optional(z.array(dimension)) }),
      Period: period,
      Stat: z.string(),
      Unit: z.optional(z.string()),
    }),
  ),
  Period: z.optional(period),
  AccountId: z.optional(z.string()),
  ReturnData: z.optional(z.boolean()),
});
type MetricQuery = z.infer<typeof metricQuery>;

/**
 * An alarm with a list of queries: one metric (Terraform and cross-account alarms have that form), or an expression over
 * metrics of which one is a latency. Whether the expression only chooses among the latency's periods cannot be told from
 * its text; who reads the values can.
 */
function toExpressionAlarm(raw: z.infer<typeof metricAlarm>, metrics: readonly unknown[]): AlarmAnswer {
  const queries = metrics.flatMap((one) => metricQuery.safeParse(one).data ?? []);
  // ReturnData is true where a query does not say (API reference, MetricDataQuery).
  const judged = queries.find(({ ReturnData }) => ReturnData !== false);
  const [, , , , account] = raw.AlarmArn.split(":");
  const foreign = queries.find(({ AccountId }) => AccountId !== undefined && AccountId !== account);
  if (queries.length < metrics.length || !judged) return { unsupported: "its queries cannot be read" };
  if (raw.Threshold === null) return { unsupported: beneath("it watches an anomaly detection band", queries) };
  if (foreign)
    return { unsupported: `its metrics are those of account ${foreign.AccountId}; ask with its credentials` };
  const sources = judged.MetricStat ? [judged] : queries.filter(isLatency);
  const [source, ...others] = sources;
  if (!source?.MetricStat || others.length > 0) {
    const what = judged.Expression ? `it watches the expression ${judged.Expression}` : "it watches a query";
    return { unsupported: beneath(what, queries) };
  }
  const { Metric, Period, Stat } = source.MetricStat;
  return {
    alarm: {
      ...common(raw),
      namespace: Metric.Namespace,
      metric: Metric.MetricName,
      dimensions: byName(Metric.Dimensions ?? []),
      statistic: Stat,
      period: Period,
      threshold: raw.Threshold,
      ...(judged.Expression !== undefined && {
        expression: { queries, judged: judged.Id, words: judged.Expression },
      }),
    },
  };
}

function isLatency({ MetricStat }: MetricQuery): boolean {
  return MetricStat?.Metric.Namespace === "AWS/ApplicationELB" && MetricStat.Metric.MetricName === "TargetResponseTime";
}

/** Leads to the metrics beneath an alarm that cannot be looked into. */
function beneath(what: string, queries: readonly MetricQuery[]): string {
  const names = queries.flatMap(({ MetricStat: one }) =>
    one
      ? [`${one.Stat} of ${one.Metric.Namespace} ${one.Metric.MetricName}${ofDimensions(one.Metric.Dimensions)}`]
      : [],
  );
  return names.length === 0 ? what : `${what}; beneath it are ${[...new Set(names)].join(", ")}`;
}

function ofDimensions(dimensions: readonly z.infer<typeof dimension>[] | undefined): string {
  const values = (dimensions ?? []).map(({ Value }) => Value);
  return values.length === 0 ? "" : ` (${values.join(", ")})`;
}

function missingTreatment(value: string | null): AlarmFact["treatMissingData"] {
  // "missing" is CloudWatch's default where the alarm does not say.
  return value === "ignore" || value === "breaching" || value === "notBreaching" ? value : "missing";
}

const historyItem = z.object({
  AlarmName: text,
  Timestamp: instant,
  HistoryItemType: z.string(),
  HistorySummary: text,
  HistoryData: text,
});

/**
 * DescribeAlarmHistory, oldest first, all kinds of entries (a state change is told from an action by its type; muted
 * alarms change their state without any action). History reaches back 30 days and survives the alarm.
 */
export function describeAlarmHistory(name: string, span: Span): Typed<Transition[]> {
  return {
    question: {
      source: "cloudwatch",
      operation: "DescribeAlarmHistory",
      input: {
        AlarmName: name,
        AlarmTypes: ["MetricAlarm"],
        StartDate: iso(span.start),
        EndDate: iso(span.end),
        ScanBy: "TimestampAscending",
        MaxRecords: 100,
      },
    },
    parse: (pages) => {
      const { value, flaws: odd = [] } = pagedItems(historyItem, pages, "AlarmHistoryItems");
      const flaws = [...odd];
      const transitions: Transition[] = [];
      for (const item of value) {
        if (item.HistoryItemType !== "StateUpdate") continue;
        const change = stateChange(item.HistoryData, item.HistorySummary);
        if (change === null)
          flaws.push(`history entry of ${iso(item.Timestamp)} left out: it does not say from which state to which`);
        else if (change.from !== change.to) transitions.push({ at: item.Timestamp, ...change });
      }
      transitions.sort((a, b) => a.at - b.at);
      return { value: transitions, flaws };
    },
  };
}

/**
 * From which state to which. HistoryData is JSON, but CloudWatch cuts it at 4,095 characters, so a state is looked for
 * in what is left of it, and then in the summary ("Alarm updated from OK to ALARM").
 */
function stateChange(data: string | null, summary: string | null): { from: AlarmState; to: AlarmState } | null {
  const whole = dataOf(data);
  const from = state.safeParse(field(field(whole, "oldState"), "stateValue"));
  const to = state.safeParse(field(field(whole, "newState"), "stateValue"));
  if (from.success && to.success) return { from: from.data, to: to.data };
  const old = /"oldState"\s*:\s*\{\s*"stateValue"\s*:\s*"(\w+)"/.exec(data ?? "")?.[1];
  const fresh = /"newState"\s*:\s*\{\s*"stateValue"\s*:\s*"(\w+)"/.exec(data ?? "")?.[1];
  const told = /from (OK|ALARM|INSUFFICIENT_DATA) to (OK|ALARM|INSUFFICIENT_DATA)/.exec(summary ?? "");
  const left = state.safeParse(old ?? told?.[1]);
  const right = state.safeParse(fresh ?? told?.[2]);
  return left.success && right.success ? { from: left.data, to: right.data } : null;
}

function dataOf(data: string | null): unknown {
  try {
    return parseJson(data ?? "");
  } catch {
    // Cut JSON is expected here; stateChange() then reads what is left of it.
    return undefined;
  }
}
