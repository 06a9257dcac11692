import type { AlarmFact, Facts } from "../model/facts.ts";
import { badSide, type MetricUnit } from "../model/metric.ts";
import type { Series } from "../model/time.ts";
import { cells, highest, lowest, quantile, sum, valueAt, valuesWhere } from "./series.ts";

/** What is compared, load for load: the service's latency by its requests; of another alarm what it judges, by the traffic. */
export interface Loaded {
  /** Requests of each step. */
  readonly load: Series;
  readonly level: Series;
  /** Whether the level is a mean of the load's requests, which weigh then. */
  readonly mean: boolean;
  readonly unit: MetricUnit;
  readonly counts: string;
}

const SECONDS: MetricUnit = { kind: "duration", scale: 1 };

/** How one minute's load compares: the service's requests, or the load balancer's where the service is not known. */
export interface LoadClass {
  /** Requests a period, from (inclusive) to (exclusive; null: no upper end). */
  readonly from: number;
  readonly to: number | null;
  readonly before: Level | null;
  readonly after: Level | null;
}

/** What was judged in the periods of one load class. */
export interface Level {
  readonly periods: number;
  /** Mean, weighted by requests where it is one of them, and the worst period's; in the unit of the comparison. */
  readonly mean: number;
  readonly worst: number;
}

/** Null where nothing tells how much came in: then only time can tell whether what raised the alarm came again. */
export function loadedOf({ guiltyMetric, alarmMetric, judged }: Pick<Facts, "judged"> & Partial<Facts>): Loaded | null {
  const latency = guiltyMetric ?? alarmMetric;
  const counts = judged.traffic?.counts ?? "requests";
  if (latency) return { load: latency.requests, level: latency.average, mean: true, unit: SECONDS, counts };
  const { traffic, values, unit } = judged;
  return traffic && { load: traffic.perStep, level: values, mean: false, unit, counts };
}

/** Without what lies before a time. */
function cut(series: Series, since: number): Series {
  return {
    ...series,
    values: series.values.map((value, index) => (series.start + index * series.step >= since ? value : null)),
  };
}

export function clipped(one: Loaded, since: number): Loaded {
  return { ...one, load: cut(one.load, since), level: cut(one.level, since) };
}

export function peak({ load }: Loaded, chosen: (at: number) => boolean): number {
  return highest(valuesWhere(load, chosen)) ?? 0;
}

/** Load classes: thirds of the quiet load, and that of the bursts. */
const CLASSES = [0, 1 / 3, 2 / 3] as const;

/** Load classes from the first session's quiet load, and above them that of its bursts, from `heavy` on. */
export function classesOf(before: Loaded, after: Loaded, heavy: number | null, alarm: AlarmFact): LoadClass[] {
  const loads = cells(before.load).map(({ value }) => value);
  const edges = CLASSES.map((part) => (part === 0 ? 0 : Math.round(quantile(loads, part) ?? 0)));
  const top = heavy === null ? [] : [Math.round(heavy)];
  const limits = [...new Set([...edges, ...top])].sort((a, b) => a - b);
  return limits.map((from, index) => {
    const to = limits[index + 1] ?? null;
    const here = (one: Loaded) => (at: number) => {
      const load = valueAt(one.load, at) ?? 0;
      return load >= from && (to === null || load < to);
    };
    return { from, to, before: levelOf(before, alarm, here(before)), after: levelOf(after, alarm, here(after)) };
  });
}

export function levelOf(
  { load, level, mean: weighs }: Loaded,
  alarm: AlarmFact,
  chosen: (at: number) => boolean,
): Level | null {
  const found = cells(level).filter(({ at }) => chosen(at) && (valueAt(load, at) ?? 0) > 0);
  const weights = found.map(({ at }) => (weighs ? (valueAt(load, at) ?? 0) : 1));
  const values = found.map(({ value }) => value);
  const worst = badSide(alarm) === "below" ? lowest(values) : highest(values);
  if (worst === null) return null;
  const mean = sum(values.map((value, index) => value * (weights[index] ?? 0))) / sum(weights);
  return { periods: found.length, mean, worst };
}
