import type { AlarmFact, AlarmKind } from "../../model/facts.ts";
import { isOfBalancers } from "../../model/metric.ts";
import type { Typed } from "../../model/question.ts";
import {
  dictionary,
  field,
  instantOrNull,
  Malformed,
  mapped,
  name,
  nameOrNull,
  number,
  pagedItems,
  text,
} from "../parse.ts";
import * as z from "../zod.ts";

export * from "./history.ts";

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
    Unit: z.optional(nameOrNull),
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
    ThresholdMetricId: text,
  })
  .check(
    z.refine((raw) => (raw.DatapointsToAlarm ?? 1) <= raw.EvaluationPeriods, {
      error: "DatapointsToAlarm: expected at most EvaluationPeriods",
    }),
    z.refine((raw) => (raw.Period ?? 1) * raw.EvaluationPeriods <= LONGEST_LOOK, {
      error: "EvaluationPeriods: expected at most seven days of periods",
    }),
  );

const compositeAlarm = z.object({
  AlarmName: name,
  AlarmRule: text,
  ActionsSuppressor: text,
});

/** A PromQL alarm has a query instead of periods, threshold and comparison (PutMetricAlarm, EvaluationCriteria). */
const promqlAlarm = z.object({
  AlarmName: z.string(),
  EvaluationCriteria: z.object({ PromQLCriteria: z.object({ Query: z.string() }) }),
});

/** A composite alarm: its rule as it stands, and the alarm that holds its actions back while in ALARM. */
export interface CompositeAnswer {
  readonly rule: string;
  /** Name or ARN; null where it has none. */
  readonly suppressor: string | null;
}

/**
 * What an alarm is: one on a metric (or on an expression over it, or on a band around it), one above other alarms, or one
 * that lbdoctor cannot look into, with the reason.
 */
export type AlarmAnswer =
  | { readonly alarm: AlarmFact }
  | { readonly composite: CompositeAnswer }
  | { readonly unsupported: string; readonly kind: AlarmKind };

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
      const { promql, others } = promqlApart(pages);
      const { value: metricAlarms, flaws = [] } = pagedItems(metricAlarm, others, "MetricAlarms");
      const composites = pages.flatMap((page) => field(page, "CompositeAlarms") ?? []);
      const found = new Map<string, AlarmAnswer>();
      for (const one of promql) if (names.includes(one.AlarmName)) found.set(one.AlarmName, toPromql(one));
      for (const one of metricAlarms) if (names.includes(one.AlarmName)) found.set(one.AlarmName, toAlarm(one));
      for (const raw of composites) {
        const one = compositeAlarm.safeParse(raw).data;
        if (one && names.includes(one.AlarmName))
          found.set(one.AlarmName, {
            composite: { rule: one.AlarmRule ?? "", suppressor: one.ActionsSuppressor || null },
          });
      }
      // An alarm that came back but could not be read is not an alarm that does not exist.
      if (found.size === 0 && flaws.length > 0) throw new Malformed(flaws.join("; "));
      return { value: found, flaws };
    },
  };
}

/** PromQL alarms stand among the metric alarms, and have hardly a field of them. */
function promqlApart(pages: readonly unknown[]) {
  const promql: z.infer<typeof promqlAlarm>[] = [];
  const others = pages.map((page) => {
    const list = field(page, "MetricAlarms");
    if (!Array.isArray(list)) return page;
    const MetricAlarms = list.filter((raw: unknown) => {
      const one = promqlAlarm.safeParse(raw).data;
      if (one) promql.push(one);
      return !one;
    });
    return { MetricAlarms };
  });
  return { promql, others };
}

function toPromql({ EvaluationCriteria }: z.infer<typeof promqlAlarm>): AlarmAnswer {
  const query = EvaluationCriteria.PromQLCriteria.Query;
  return { kind: "promql", unsupported: `it is a PromQL alarm, on ${query}; lbdoctor does not know those` };
}

function toAlarm(raw: z.infer<typeof metricAlarm>): AlarmAnswer {
  if (raw.Metrics && raw.Metrics.length > 0) return toExpressionAlarm(raw, raw.Metrics);
  const statistic = raw.Statistic ?? raw.ExtendedStatistic;
  const { MetricName: metric, Namespace: namespace, Period: period, Threshold: threshold } = raw;
  if (metric === null || namespace === null || statistic === null || period === null || threshold === null)
    return { kind: "metric", unsupported: "CloudWatch gives neither its metric nor an expression" };
  const dimensions = byName(raw.Dimensions ?? []);
  const unit = raw.Unit ? { unit: raw.Unit } : {};
  return {
    alarm: { ...common(raw), kind: "metric", namespace, metric, dimensions, statistic, period, threshold, ...unit },
  };
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
 * metrics. Of these the alarm is known by its one latency, or where there is none by the first that the expression names,
 * if all are metrics of one load balancer. Whether an expression only chooses among the latency's periods, or what else it
 * makes, cannot be told here; who reads the values can.
 */
function toExpressionAlarm(raw: z.infer<typeof metricAlarm>, metrics: readonly unknown[]): AlarmAnswer {
  const queries = metrics.flatMap((one) => metricQuery.safeParse(one).data ?? []);
  const band = queries.find(({ Id }) => Id === raw.ThresholdMetricId);
  // ReturnData is true where a query does not say (API reference, MetricDataQuery); the band is returned as well.
  const judged = queries.find((one) => one.ReturnData !== false && one !== band);
  const kind = band ? "anomaly-band" : judged?.MetricStat ? "metric" : "expression";
  const no = (unsupported: string, as: AlarmKind = kind): AlarmAnswer => ({ kind: as, unsupported });
  const [, , , , account] = raw.AlarmArn.split(":");
  const foreign = queries.find(({ AccountId }) => AccountId !== undefined && AccountId !== account);
  if (queries.length < metrics.length || !judged) return no("its queries cannot be read");
  const select = queries.find(({ Expression }) => /^\s*SELECT\s/i.test(Expression ?? ""))?.Expression;
  if (select !== undefined)
    return no(`it is a Metrics Insights alarm, on ${select}; lbdoctor does not know those`, "metrics-insights");
  if (raw.Threshold === null && !band) return no("CloudWatch gives neither a threshold nor a band");
  if (foreign) return no(`its metrics are in account ${foreign.AccountId}; run it with that account's credentials`);
  const latencies = queries.filter(isLatency);
  const sources = judged.MetricStat ? [judged] : latencies.length > 0 || band ? latencies : namedFirst(judged, queries);
  const [source, ...others] = sources;
  if (!source?.MetricStat || others.length > 0) {
    const what = band ? "it watches an anomaly detection band" : `it watches ${expressionWords(judged)}`;
    return no(beneath(what, queries));
  }
  const { Metric, Period, Stat, Unit } = source.MetricStat;
  const { Expression: words } = judged;
  return {
    alarm: {
      ...common(raw),
      kind,
      namespace: Metric.Namespace,
      metric: Metric.MetricName,
      dimensions: byName(Metric.Dimensions ?? []),
      statistic: Stat,
      period: Period,
      threshold: raw.Threshold ?? Number.NaN,
      ...(Unit === undefined ? {} : { unit: Unit }),
      ...(words !== undefined && { expression: { queries, judged: judged.Id, words } }),
      ...(band && { band: { queries, judged: band.Id, words: band.Expression ?? "a band" } }),
    },
  };
}

function isTraffic({ MetricStat }: MetricQuery): boolean {
  return /^RequestCount/.test(MetricStat?.Metric.MetricName ?? "");
}

/** The metric that an expression names first (traffic only where there is no other), where all beneath it are of one load balancer; none otherwise. */
function namedFirst({ Expression = "" }: MetricQuery, queries: readonly MetricQuery[]): MetricQuery[] {
  const metrics = queries.filter(({ MetricStat }) => MetricStat !== undefined);
  const balancers = metrics.map(({ MetricStat }) =>
    JSON.stringify([MetricStat?.Metric.Namespace, balancerOf(byName(MetricStat?.Metric.Dimensions ?? []))]),
  );
  const [namespace] = metrics.map(({ MetricStat }) => MetricStat?.Metric.Namespace ?? "");
  if (namespace === undefined || !isOfBalancers(namespace) || new Set(balancers).size > 1) return [];
  const ids = Expression.match(/[a-z]\w*/g) ?? [];
  const named = ids.flatMap((id) => metrics.find(({ Id }) => Id === id) ?? []);
  // In IF(requests >= 50, errors / requests, 0) the requests are the condition, and a rate's divisor: not what is watched.
  const first = [named.find((one) => !isTraffic(one)) ?? named[0]].flatMap((one) => one ?? []);
  // METRICS() and expressions over expressions name none.
  return first.length > 0 ? first : metrics.slice(0, 1);
}

function balancerOf({ LoadBalancer, LoadBalancerName }: { readonly [name: string]: string }): string | undefined {
  return LoadBalancer ?? LoadBalancerName;
}

function expressionWords({ Expression }: MetricQuery): string {
  return Expression === undefined ? "a query" : `the expression ${Expression}`;
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
  return names.length === 0 ? what : `${what}; it is computed from ${[...new Set(names)].join(", ")}`;
}

function ofDimensions(dimensions: readonly z.infer<typeof dimension>[] | undefined): string {
  const values = (dimensions ?? []).map(({ Value }) => Value);
  return values.length === 0 ? "" : ` (${values.join(", ")})`;
}

function missingTreatment(value: string | null): AlarmFact["treatMissingData"] {
  // "missing" is CloudWatch's default where the alarm does not say.
  return value === "ignore" || value === "breaching" || value === "notBreaching" ? value : "missing";
}
