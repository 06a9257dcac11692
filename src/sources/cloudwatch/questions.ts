import * as z from "zod";
import type { AlarmFact, AlarmState, Transition } from "../../model/facts.ts";
import type { Parsed, Question, Typed } from "../../model/question.ts";
import { type Epoch, epoch, iso, type Series, type Span } from "../../model/time.ts";
import { field, instant, instantOrNull, items, Malformed, number, pagedItems, text } from "../parse.ts";

const dimension = z.object({ Name: z.string(), Value: z.string() });
const state = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);

const metricAlarm = z.object({
  AlarmName: z.string(),
  AlarmArn: z.string(),
  AlarmDescription: text,
  StateValue: state,
  StateUpdatedTimestamp: instantOrNull.optional(),
  StateTransitionedTimestamp: instantOrNull.optional(),
  MetricName: text,
  Namespace: text,
  Statistic: text,
  ExtendedStatistic: text,
  Dimensions: z.array(dimension).nullish(),
  Period: number,
  EvaluationPeriods: z.number().int().positive(),
  DatapointsToAlarm: number,
  Threshold: number,
  ComparisonOperator: z.string(),
  TreatMissingData: text,
  EvaluateLowSampleCountPercentile: text,
  ActionsEnabled: z.boolean().nullish(),
  AlarmActions: z.array(z.string()).nullish(),
  OKActions: z.array(z.string()).nullish(),
  Metrics: z.array(z.unknown()).nullish(),
});

/** An alarm that lbdoctor can look into, or why it cannot. `null`: there is no alarm of that name. */
export type AlarmAnswer = { readonly alarm: AlarmFact } | { readonly unsupported: string } | null;

/** DescribeAlarms for one name, metric and composite alarms both. */
export function describeAlarm(name: string): Typed<AlarmAnswer> {
  return {
    question: {
      source: "cloudwatch",
      operation: "DescribeAlarms",
      input: { AlarmNames: [name], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] },
    },
    parse: (pages) => {
      const { value: alarms, flaws = [] } = pagedItems(metricAlarm, pages, "MetricAlarms");
      const found = alarms.find((alarm) => alarm.AlarmName === name);
      if (found) return { value: toAlarm(found), flaws };
      const composite = pages
        .flatMap((page) => field(page, "CompositeAlarms") ?? [])
        .find((alarm) => field(alarm, "AlarmName") === name);
      if (composite !== undefined) return { value: { unsupported: compositeWords(field(composite, "AlarmRule")) } };
      // An alarm that came back but could not be read is not an alarm that does not exist.
      if (flaws.length > 0) throw new Malformed(flaws.join("; "));
      return { value: null };
    },
  };
}

/** Leads to the alarms beneath a composite alarm, by its rule: `ALARM("a") AND NOT OK(b)` (CloudWatch, PutCompositeAlarm). */
function compositeWords(rule: unknown): string {
  const parts =
    typeof rule === "string" ? rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*("[^"]+"|[^\s()"]+)\s*\)/g) : [];
  const names = [...parts].map(([, name = ""]) => name.replace(/^"|"$/g, "").replace(/^arn:.*?:alarm:/, ""));
  const beneath = [...new Set(names)];
  if (beneath.length === 0) return "it is a composite alarm; name one of the metric alarms beneath it";
  return `it is a composite alarm above ${beneath.join(", ")}; name the latency alarm among them`;
}

/** Leads to the metrics beneath an alarm on an expression. */
function expressionWords(metrics: readonly unknown[] | null | undefined): string {
  const beneath = (metrics ?? []).flatMap((one) => {
    const { Namespace, MetricName } = (field(field(one, "MetricStat"), "Metric") ?? {}) as { [key: string]: unknown };
    return typeof MetricName === "string" ? [`${String(Namespace)} ${MetricName}`] : [];
  });
  const what = "it watches a metric-math expression, an anomaly band or a query, not one metric";
  return beneath.length === 0 ? what : `${what}; beneath it are ${[...new Set(beneath)].join(", ")}`;
}

function toAlarm(raw: z.infer<typeof metricAlarm>): AlarmAnswer {
  const statistic = raw.Statistic ?? raw.ExtendedStatistic;
  if (
    raw.MetricName === null ||
    raw.Namespace === null ||
    statistic === null ||
    raw.Period === null ||
    raw.Threshold === null
  )
    return { unsupported: expressionWords(raw.Metrics) };
  return {
    alarm: {
      name: raw.AlarmName,
      arn: raw.AlarmArn,
      description: raw.AlarmDescription,
      namespace: raw.Namespace,
      metric: raw.MetricName,
      dimensions: Object.fromEntries((raw.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
      statistic,
      threshold: raw.Threshold,
      comparison: raw.ComparisonOperator,
      period: raw.Period,
      evaluationPeriods: raw.EvaluationPeriods,
      datapointsToAlarm: raw.DatapointsToAlarm ?? raw.EvaluationPeriods,
      treatMissingData: missingTreatment(raw.TreatMissingData),
      state: raw.StateValue,
      stateSince: raw.StateTransitionedTimestamp ?? raw.StateUpdatedTimestamp ?? null,
      lowSamples: raw.EvaluateLowSampleCountPercentile === "ignore" ? "ignore" : "evaluate",
      actions: { alarm: raw.AlarmActions ?? [], ok: raw.OKActions ?? [], enabled: raw.ActionsEnabled ?? true },
    },
  };
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
  const whole = parseJson(data);
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

function parseJson(data: string | null): unknown {
  try {
    return JSON.parse(data ?? "");
  } catch {
    // Cut JSON is expected here; stateChange() then reads what is left of it.
    return undefined;
  }
}

/** One metric with one statistic, as asked of GetMetricData. `id` must start with a lower-case letter. */
export interface MetricWanted {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly statistic: string;
}

/** GetMetricData takes at most 500 queries a call (API reference, GetMetricData). */
export const METRICS_PER_CALL = 500;

// Datapoints are looked at one by one when they are laid on the grid; walking them here as well would only cost time.
const points = z.custom<unknown[]>(Array.isArray, "expected a list");
const metricResult = z.object({
  Id: z.string(),
  Timestamps: points,
  Values: points,
  StatusCode: text,
});

/**
 * GetMetricData over a span, as one series per wanted metric on the grid of the period. EndTime is exclusive. A metric
 * without traffic has no datapoints: its series is all null.
 */
export function metricData(span: Span, period: number, wanted: readonly MetricWanted[]): Typed<Map<string, Series>> {
  if (wanted.length > METRICS_PER_CALL) throw new RangeError(`more than ${METRICS_PER_CALL} metrics in one call`);
  const start = Math.floor(span.start / period) * period;
  const size = Math.max(0, Math.ceil((span.end - start) / period));
  return {
    question: metricQuestion({ start, end: start + size * period }, period, wanted),
    parse: (pages) => parseMetrics(pages, { start, step: period, size }, wanted),
  };
}

function metricQuestion(span: Span, period: number, wanted: readonly MetricWanted[]): Question {
  return {
    source: "cloudwatch",
    operation: "GetMetricData",
    input: {
      StartTime: iso(span.start),
      EndTime: iso(span.end),
      ScanBy: "TimestampAscending",
      MetricDataQueries: wanted.map((metric) => ({
        Id: metric.id,
        MetricStat: {
          Metric: {
            Namespace: metric.namespace,
            MetricName: metric.metric,
            Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: period,
          Stat: metric.statistic,
        },
      })),
    },
  };
}

function parseMetrics(
  pages: readonly unknown[],
  grid: { start: Epoch; step: number; size: number },
  wanted: readonly MetricWanted[],
): Parsed<Map<string, Series>> {
  const values = new Map(wanted.map((metric) => [metric.id, new Array<number | null>(grid.size).fill(null)]));
  const flaws: string[] = [];
  const answered = new Set<string>();
  const timeOf = timeReader();
  for (const page of pages) {
    const { kept, flaws: odd } = items(metricResult, field(page, "MetricDataResults"), "MetricDataResults");
    flaws.push(...odd);
    for (const result of kept) {
      const line = values.get(result.Id);
      if (!line) continue;
      answered.add(result.Id);
      const bad = fill(line, grid, result.Timestamps.map(timeOf), result.Values);
      if (bad > 0) flaws.push(`${result.Id}: ${bad} datapoints left out, not a time with a number`);
      if (result.StatusCode === "InternalError" || result.StatusCode === "Forbidden")
        flaws.push(`${result.Id}: CloudWatch answered ${result.StatusCode}`);
    }
  }
  const silent = wanted.filter((metric) => !answered.has(metric.id));
  if (silent.length === wanted.length && wanted.length > 0)
    throw new Malformed("MetricDataResults holds none of the metrics that were asked for");
  if (silent.length > 0) flaws.push(`no result for ${silent.map((metric) => metric.metric).join(", ")}`);
  return {
    value: new Map([...values].map(([id, line]) => [id, { start: grid.start, step: grid.step, values: line }])),
    flaws,
  };
}

function fill(
  line: (number | null)[],
  grid: { start: Epoch; step: number },
  times: readonly Epoch[],
  values: readonly unknown[],
): number {
  let bad = 0;
  for (const [index, at] of times.entries()) {
    const value = values[index];
    const slot = Math.floor((at - grid.start) / grid.step);
    if (!Number.isFinite(at) || typeof value !== "number" || !Number.isFinite(value)) bad += 1;
    else if (slot >= 0 && slot < line.length) line[slot] = value;
  }
  return bad;
}

/** Reads times; every metric of an answer has the same ones, so that each is read once. NaN where it is none. */
function timeReader(): (raw: unknown) => Epoch {
  const known = new Map<unknown, Epoch>();
  return (raw) => {
    const found = known.get(raw) ?? timeOrNaN(raw);
    known.set(raw, found);
    return found;
  };
}

function timeOrNaN(raw: unknown): Epoch {
  try {
    return epoch(raw);
  } catch {
    // Counted as a flaw by the caller: one odd timestamp does not cost the series.
    return Number.NaN;
  }
}
