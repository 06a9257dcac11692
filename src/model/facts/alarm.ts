import type { Input } from "../question.ts";
import type { Epoch, Series, Span } from "../time.ts";

/** What an alarm judges; "metric" is also a list of queries that is one metric. */
export type AlarmKind = "metric" | "expression" | "anomaly-band" | "promql" | "metrics-insights" | "composite";

export interface AlarmFact {
  /** "metric" where it does not say. */
  readonly kind?: AlarmKind;
  readonly name: string;
  readonly arn: string;
  readonly description: string | null;
  readonly namespace: string;
  readonly metric: string;
  /** CloudWatch dimensions of the alarm's metric, for example LoadBalancer = app/name/id. */
  readonly dimensions: { readonly [name: string]: string };
  /** "Average", "Maximum", "p99", … */
  readonly statistic: string;
  /**
   * In the unit of the metric, so that of an expression like `latency * 1000` it is divided by that factor. Of an anomaly
   * band, which moves, its highest bound in the window: what lies above it was outside the band for certain.
   */
  readonly threshold: number;
  readonly comparison: string;
  /** CloudWatch's name of the unit, where the alarm names one ("Seconds"): it then judges datapoints of that unit alone. */
  readonly unit?: string;
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: "missing" | "ignore" | "breaching" | "notBreaching";
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly stateSince: Epoch | null;
  /** What a percentile on few samples does; CloudWatch evaluates where the alarm does not say. */
  readonly lowSamples?: "evaluate" | "ignore";
  /** ARNs of what it does on a change of state: a new definition of the alarm must name them again. */
  readonly actions?: {
    readonly alarm: readonly string[];
    readonly ok: readonly string[];
    readonly insufficientData?: readonly string[];
    readonly enabled: boolean;
  };
  /** The composite alarm that was asked for, where this one is the latency alarm beneath it. */
  readonly composite?: string;
  /** Where the alarm judges a metric-math expression that leaves periods of the metric out, such as those of few requests. */
  readonly expression?: AlarmExpression;
  /** The band that the alarm compares its metric with; `judged` is the id of its query. */
  readonly band?: AlarmExpression;
}

/** A metric-math expression of an alarm. */
export interface AlarmExpression {
  /** All its queries, as PutMetricAlarm and GetMetricData take them. */
  readonly queries: readonly Input[];
  /** The id of the query whose value is judged. */
  readonly judged: string;
  /** What its value is of the metric's: 1000 where it turns seconds into milliseconds; 1 where it does not say. */
  readonly factor?: number;
  /** That query, for example "IF(requests >= 20, latency)". */
  readonly words: string;
}

/**
 * A latency metric with what is needed to weigh it; all series on one grid of the same period, the clock's also where the
 * alarm judges windows that slide (`JudgedMetric`): overlapping windows would count each request several times.
 */
export interface LatencyFact {
  readonly period: number;
  /** The alarm's own statistic where the metric is the alarm's; the average otherwise. */
  readonly judged: Series;
  readonly average: Series;
  readonly p50: Series;
  readonly p95: Series;
  readonly p99: Series;
  readonly maximum: Series;
  /** Requests in each period. */
  readonly requests: Series;
  /** 5xx answers of the targets in each period. */
  readonly target5xx: Series;
  /** 5xx answers made by the load balancer itself; null where the metric has no such dimension (a target group's). */
  readonly elb5xx: Series | null;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Transition {
  readonly at: Epoch;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** One stay of the alarm in ALARM, with the breaching datapoints that brought it there. */
export interface Episode {
  /** 1, 2, 3, … in order of time; what `explains` refers to. */
  readonly id: number;
  /** When the alarm went to ALARM; the window's start where it was there before. */
  readonly alarmAt: Epoch;
  /** When it really went to ALARM, where that was before the window and is known. */
  readonly since?: Epoch;
  /** When it left ALARM; null while it is there. */
  readonly okAt: Epoch | null;
  /**
   * When the metric was on the bad side of the threshold: from the first to the last breaching datapoint. Earlier than
   * alarmAt by the datapoints that it takes to alarm. This is "the burst" in which pods are compared. Where windows slide,
   * the periods of the clock that hold it.
   */
  readonly burst: Span;
  /** Breaching datapoints in the burst; null where the metric could not be read. */
  readonly breaching: number | null;
  /** The value of the judged statistic in the burst that lies furthest on the bad side: the lowest for "below" alarms. */
  readonly worst: number | null;
  /** Requests in the breaching datapoints, all together; null where they could not be read, or the metric has no traffic. */
  readonly requests: number | null;
  /** Requests in the poorest breaching datapoint. */
  readonly fewestRequests: number | null;
}

export interface EpisodesFact {
  readonly window: Span;
  /** Transitions from the alarm's history; empty where only the metric could be read. */
  readonly transitions: readonly Transition[];
  /** Transitions before the window, as far back as the history was read. */
  readonly earlier: readonly Transition[];
  /** How far back the history was read; null where it could not be. */
  readonly historyFrom: Epoch | null;
  readonly episodes: readonly Episode[];
  /** Whether the episodes come from the alarm's history, or were rebuilt from its metric. */
  readonly from: "history" | "metric";
  /** OK → ALARM cycles in the window. */
  readonly cycles: number;
  readonly cyclesPerHour: number;
  /** Seconds from the first to the last OK → ALARM of the window; 0 with fewer than two. */
  readonly flappingFor: number;
  /** Seconds of the longest episode. */
  readonly longest: number;
}

/** Why an alarm that is there cannot be investigated. */
export interface RefusalFact {
  /** One sentence that names the alarm and the reason. */
  readonly because: string;
  readonly remedy: string;
}
