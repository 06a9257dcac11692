import type { AlarmFact } from "../model/facts.ts";
import type { Series } from "../model/time.ts";
import { type MinuteSeries, needsOf, slidingWindows } from "./sliding-windows.ts";

/** One metric with one statistic, as it is asked of CloudWatch; `id` must start with a lower-case letter. */
export interface Wanted {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly statistic: string;
}

/** One query of an alarm that is a metric with a statistic; none where it is an expression. */
export function wantedBy(query: NonNullable<AlarmFact["expression"]>["queries"][number]): Wanted[] {
  const { Id, MetricStat } = query as { Id?: string; MetricStat?: { Metric?: RawMetric; Stat?: string } };
  const { Namespace, MetricName, Dimensions = [] } = MetricStat?.Metric ?? {};
  if (Id === undefined || Namespace === undefined || MetricName === undefined) return [];
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return [{ id: Id, namespace: Namespace, metric: MetricName, dimensions, statistic: MetricStat?.Stat ?? "" }];
}

interface RawMetric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

const MINUTE = 60;
/** An alarm that looks back over more than a day is evaluated once an hour (User Guide, "Alarm evaluation"). */
const DAY = 86_400;

/** Whether CloudWatch judges an alarm on windows that slide by a minute: its period is longer than its metric's minute. */
export function slidesByMinute({
  period,
  evaluationPeriods,
}: Pick<AlarmFact, "period" | "evaluationPeriods">): boolean {
  return period > MINUTE && period % MINUTE === 0 && period * evaluationPeriods <= DAY;
}

const STATISTIC: Record<keyof MinuteSeries, string> = {
  sum: "Sum",
  samples: "SampleCount",
  minimum: "Minimum",
  maximum: "Maximum",
};

/** What to ask by the minute so that these metrics' windows can be made; each once. Percentiles need nothing: nothing helps. */
export function minutesFor(wanted: readonly Wanted[]): Wanted[] {
  const asked = new Map<string, Wanted>();
  for (const one of wanted)
    for (const need of needsOf(one.statistic) ?? []) {
      const minute = { ...one, id: `${one.id}_${need}`, statistic: STATISTIC[need] };
      const key = keyOf(minute);
      if (!asked.has(key)) asked.set(key, minute);
    }
  return [...asked.values()];
}

function keyOf({ namespace, metric, dimensions, statistic }: Wanted): string {
  return JSON.stringify([namespace, metric, statistic, Object.entries(dimensions).sort()]);
}

/**
 * The windows of these metrics by their ids, from the answers to `minutesFor`, and why those of the others cannot be made.
 * All windows lie on one grid of 60 s.
 */
export function windowsFor(
  wanted: readonly Wanted[],
  period: number,
  minutes: ReadonlyMap<string, Series>,
): { readonly windows: ReadonlyMap<string, Series>; readonly cannot: ReadonlyMap<string, string> } {
  const asked = new Map(minutesFor(wanted).map((one) => [keyOf(one), one.id]));
  const windows = new Map<string, Series>();
  const cannot = new Map<string, string>();
  for (const one of wanted) {
    const parts: { -readonly [need in keyof MinuteSeries]: Series } = {};
    for (const need of needsOf(one.statistic) ?? []) {
      const series = minutes.get(asked.get(keyOf({ ...one, statistic: STATISTIC[need] })) ?? "");
      if (series) parts[need] = series;
    }
    const made = slidingWindows(one.statistic, period, parts);
    if ("windows" in made) windows.set(one.id, made.windows);
    else cannot.set(one.id, made.cannot);
  }
  return { windows, cannot };
}

/** The minutes of a metric's sum, from the answers to `minutesFor`; undefined where it was not among them. */
export function minuteSum(
  one: Wanted,
  wanted: readonly Wanted[],
  minutes: ReadonlyMap<string, Series>,
): Series | undefined {
  const asked = minutesFor(wanted).find((minute) => keyOf(minute) === keyOf({ ...one, statistic: "Sum" }));
  return asked && minutes.get(asked.id);
}
