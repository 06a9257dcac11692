import type { AlarmExpression, AlarmFact } from "../model/facts.ts";
import { isOfBalancers, type MetricUnit } from "../model/metric.ts";
import { sizeOf } from "./metric-math/size.ts";
import { wantedBy } from "./windows-of-metrics.ts";

type Watched = Pick<AlarmFact, "namespace" | "metric" | "statistic" | "expression">;

const NUMBER: MetricUnit = { kind: "number", scale: 1 };
const COUNT: MetricUnit = { kind: "count", scale: 1 };
const SECONDS: MetricUnit = { kind: "duration", scale: 1 };

/**
 * Units of a load balancer's metrics, the first that fits. Published with a unit of their own are only the latencies
 * (Seconds, and Milliseconds of logging in), the bytes and the counts; what is counted says the name. LCUs and utilisations
 * are numbers of their own.
 */
const UNITS: readonly (readonly [RegExp, MetricUnit])[] = [
  [/^(TargetResponseTime|Latency)$/, SECONDS],
  [/^ELBAuthLatency$/, { kind: "duration", scale: 0.001 }],
  [/HostCount$/, { kind: "hosts", scale: 1 }],
  [/Bytes/, { kind: "bytes", scale: 1 }],
  [/^(Active|New|Rejected)ConnectionCount$|^(Active|New|Rejected)FlowCount/, { kind: "connections", scale: 1 }],
  [/^HTTPCode_|Count|Error|Errors$|Packets|SurgeQueueLength|RuleEvaluations|^ELBAuth|^DesyncMitigation/, COUNT],
];

/**
 * What a value is that an alarm judges: of its metric, of the statistic (how many samples there are is no time), and of the
 * expression over it. A number where it is not known.
 */
export function unitOf(alarm: Watched): MetricUnit {
  const { expression } = alarm;
  if (!expression) return ofMetric(alarm);
  const size = sizeOf(expression);
  // Bytes a request, or requests a host, are no share, and their sum is of nothing.
  if (!size || !isOfOneKind(size.of, expression)) return NUMBER;
  if (size.kind === "share") return { kind: "share", scale: 1 / Math.abs(size.factor) };
  const unit = ofMetric(alarm);
  // Where the factor is known the alarm's threshold and values are told in the metric's own unit already.
  const settled = expression.factor !== undefined || size.factor <= 0;
  return settled ? unit : { ...unit, scale: unit.scale / size.factor };
}

/** Whether what is judged is no longer the metric, but what an expression makes of several, such as a share. */
export function judgesExpression(alarm: Watched): boolean {
  const { kind } = unitOf(alarm);
  return alarm.expression !== undefined && (kind === "share" || kind === "number");
}

function isOfOneKind(ids: readonly string[], { queries }: AlarmExpression): boolean {
  const metrics = queries.flatMap(wantedBy).filter(({ id }) => ids.includes(id));
  return new Set(metrics.map((one) => ofMetric(one).kind)).size <= 1;
}

function ofMetric({ namespace, metric, statistic }: Omit<Watched, "expression">): MetricUnit {
  // Percentile rank: the percent of samples in a range. Trimmed count: how many samples are in one (User Guide,
  // "CloudWatch statistics definitions").
  if (/^PR\b/i.test(statistic)) return { kind: "share", scale: 0.01 };
  if (statistic === "SampleCount" || /^TC\b|^tc\d/.test(statistic)) return COUNT;
  if (!isOfBalancers(namespace)) return NUMBER;
  return UNITS.find(([names]) => names.test(metric))?.[1] ?? NUMBER;
}
