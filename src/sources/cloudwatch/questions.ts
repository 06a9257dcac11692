import * as z from "zod";
import type { AlarmFact, AlarmState, Transition } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { iso, type Span } from "../../model/time.ts";
import { field, instant, instantOrNull, Malformed, number, pagedItems, text } from "../parse.ts";

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
