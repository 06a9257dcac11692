import type { Series } from "./time.ts";

/** What a value of a metric is. `number`: nothing is known but the figure. */
export type MetricKind = "duration" | "count" | "share" | "hosts" | "connections" | "bytes" | "number";

/** How a value of a metric is to be read. */
export interface MetricUnit {
  readonly kind: MetricKind;
  /**
   * What a value of 1 is in seconds (durations), wholes (shares) or bytes: 0.001 of a metric in milliseconds, 0.01 of one
   * in percent. 1 for what is counted.
   */
  readonly scale: number;
}

/** The datapoints that an alarm judges. */
export interface Judged {
  /** The alarm's statistic; what an expression leaves out is missing. */
  readonly values: Series;
  /** What each datapoint is made of, on the same grid; null where it is not known. Percentiles on few samples need it. */
  readonly samples: Series | null;
  /**
   * Seconds that each datapoint covers, a multiple of the step. Longer than the step where windows slide by it: the
   * datapoint at `start + i · step` then covers from there to `start + i · step + length`. The step where it is not said.
   */
  readonly length?: number;
}

/** How much of something came in each step of the judged series, for example the requests of each minute. */
export interface Companion {
  /** CloudWatch's name of it, in the alarm's namespace. */
  readonly metric: string;
  /** What is counted, and of whom: "5xx" from "targets". */
  readonly counts: string;
  readonly from: string;
  readonly perStep: Series;
}

/**
 * What an alarm judges with what is needed to weigh it, of whatever kind it is. How it is evaluated (threshold, side, M of
 * N, missing data, low samples) is the alarm's (`AlarmFact`), so that other settings can be tried on the same datapoints.
 */
export interface JudgedMetric extends Judged {
  readonly unit: MetricUnit;
  /** Datapoints of the metric in the window, before an expression leaves some of them out. */
  readonly datapoints: number;
  /** What came in: requests, or connections; null for a metric that no traffic makes, such as hosts. */
  readonly traffic: Companion | null;
  /** Other statistics of the same metric on the same grid, by their names; only those that may be judged instead. */
  readonly statistics: { readonly [statistic: string]: Series };
  /** What else was counted meanwhile, in the order in which it is told. */
  readonly companions: readonly Companion[];
  /** Why the windows between those of the clock are not known, so that the clock's alone are judged; null: all are known. */
  readonly onClockBecause: string | null;
}

/** The side of the threshold that is bad. */
export type BadSide = "above" | "below" | "outside";

/** Which side of its threshold an alarm's comparison operator calls bad (PutMetricAlarm, ComparisonOperator). */
export function badSide({ comparison }: { readonly comparison: string }): BadSide {
  if (comparison === "LessThanLowerOrGreaterThanUpperThreshold") return "outside";
  return comparison.startsWith("Less") ? "below" : "above";
}

/** Namespaces of load balancers: "CloudWatch metrics for your …" in the guides of the four kinds. */
const BALANCERS = /^AWS\/(Application|Network|Gateway)?ELB$/;

/** Whether the metrics of a CloudWatch namespace are a load balancer's. */
export function isOfBalancers(namespace: string): boolean {
  return BALANCERS.test(namespace);
}
