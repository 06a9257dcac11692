import type { AlarmFact, AlarmState, Transition } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { type Epoch, iso, type Span } from "../../model/time.ts";
import { field, instant, pagedItems, text } from "../parse.ts";
import { parseJson } from "../size.ts";
import * as z from "../zod.ts";

const state = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);

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

/** A change of state of one contributor: one of the series that a Metrics Insights or PromQL alarm watches each by itself. */
export interface ContributorChange extends Transition {
  /** For example "LoadBalancer app/shop-prod/1"; its id where it has no attributes. */
  readonly contributor: string;
}

const contributorItem = z.object({
  Timestamp: instant,
  HistoryItemType: z.literal("AlarmContributorStateUpdate"),
  HistorySummary: text,
  HistoryData: text,
  AlarmContributorId: text,
  AlarmContributorAttributes: z.nullish(z.record(z.string(), z.string())),
});

/** The changes of an alarm's contributors, oldest first: the same question as for its history, other entries of the answer. */
export function describeContributorHistory(name: string, span: Span): Typed<ContributorChange[]> {
  return {
    question: describeAlarmHistory(name, span).question,
    parse: (pages) => {
      const entries = pages.flatMap((page) => field(page, "AlarmHistoryItems") ?? []);
      const value = entries.flatMap((entry) => {
        const item = contributorItem.safeParse(entry).data;
        const change = item && stateChange(item.HistoryData, item.HistorySummary);
        if (!change || change.from === change.to) return [];
        const attributes = Object.entries(item.AlarmContributorAttributes ?? {}).map((pair) => pair.join(" "));
        const contributor = attributes.join(", ") || (item.AlarmContributorId ?? "one without a name");
        return [{ at: item.Timestamp, ...change, contributor }];
      });
      return { value: value.sort((a, b) => a.at - b.at), flaws: [] };
    },
  };
}

/** Settings of an alarm that decide when it goes to ALARM. */
export type AlarmSettings = Partial<
  Pick<AlarmFact, "threshold" | "period" | "evaluationPeriods" | "datapointsToAlarm" | "statistic" | "comparison">
>;

/** A change of the alarm's own settings (ConfigurationUpdate). */
export interface AlarmChanged {
  readonly at: Epoch;
  /** What it had before, of the settings that were changed; empty: none of these. Null: the entry does not say. */
  readonly before: AlarmSettings | null;
}

const original = z.object({
  threshold: z.nullish(z.number()),
  period: z.nullish(z.int().check(z.positive())),
  evaluationPeriods: z.nullish(z.int().check(z.positive())),
  datapointsToAlarm: z.nullish(z.int().check(z.positive())),
  statistic: text,
  extendedStatistic: text,
  comparisonOperator: text,
});

/** The changes of an alarm's settings, oldest first: the same question as for its history, other entries of the answer. */
export function describeAlarmChanges(name: string, span: Span): Typed<AlarmChanged[]> {
  return {
    question: describeAlarmHistory(name, span).question,
    parse: (pages) => {
      const { value } = pagedItems(historyItem, pages, "AlarmHistoryItems");
      const changes = value.flatMap((item): AlarmChanged[] => {
        if (item.HistoryItemType !== "ConfigurationUpdate") return [];
        const data = dataOf(item.HistoryData);
        // An alarm that was made is not one that was changed; what was cut off says neither.
        if (field(data, "type") === "Create") return [];
        return [{ at: item.Timestamp, before: settingsOf(data) }];
      });
      return { value: changes.sort((a, b) => a.at - b.at), flaws: [] };
    },
  };
}

function settingsOf(data: unknown): AlarmSettings | null {
  const known = original.safeParse(field(data, "originalUpdatedFields")).data;
  if (!known) return null;
  const { comparisonOperator, statistic, extendedStatistic, ...numbers } = known;
  const told = {
    ...numbers,
    statistic: statistic ?? extendedStatistic,
    comparison: comparisonOperator,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null && value !== undefined));
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
