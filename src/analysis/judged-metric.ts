import type { AlarmFact } from "../model/facts.ts";
import type { Companion, JudgedMetric } from "../model/metric.ts";
import type { Series } from "../model/time.ts";
import { duration } from "../model/words.ts";
import { agrees, evaluateExpression } from "./metric-math/evaluate.ts";
import { readExpression } from "./metric-math/judged.ts";
import { Unreadable } from "./metric-math/parse.ts";
import { mathQueries } from "./metric-math/size.ts";
import { unitOf } from "./metric-unit.ts";
import { cells } from "./series.ts";
import { minuteSum, minutesFor, slidesByMinute, type Wanted, wantedBy, windowsFor } from "./windows-of-metrics.ts";

/** Something that is counted beside what is judged, and what it is called. */
export interface CompanionWanted extends Omit<Companion, "metric" | "perStep"> {
  readonly wanted: Wanted;
}

/** What a playbook reads beside the alarm's own statistic. */
export interface Beside {
  /** Null for a metric that no traffic makes. */
  readonly traffic: CompanionWanted | null;
  readonly companions: readonly CompanionWanted[];
  /** Whether each unit of traffic is one sample of the metric, as each request is of a response time. */
  readonly sampled: boolean;
}

/** Answers by the ids under which they were asked. */
type Answers = ReadonlyMap<string, Series>;

/** The id under which the alarm's own statistic is asked. */
const JUDGED = "judged";

/** The alarm's own statistic. */
export function judgedWanted({ namespace, metric, dimensions, statistic }: AlarmFact): Wanted {
  return { id: JUDGED, namespace, metric, dimensions, statistic };
}

/**
 * What an alarm judges on the clock's grid. `values` are what its expression makes of it, where it has one; `datapoints`
 * those of the metric beneath.
 */
export function onClock(
  alarm: AlarmFact,
  values: Series,
  answers: Answers,
  beside: Beside,
  more: Partial<Pick<JudgedMetric, "statistics" | "datapoints">> = {},
): JudgedMetric {
  const perStep = ({ wanted }: CompanionWanted) => answers.get(wanted.id);
  const traffic = beside.traffic && companionOf(beside.traffic, perStep(beside.traffic) ?? none(values));
  return {
    values,
    samples: beside.sampled ? (traffic?.perStep ?? null) : null,
    length: alarm.period,
    unit: unitOf(alarm),
    datapoints: cells(values).length,
    traffic,
    statistics: {},
    companions: beside.companions.map((one) => companionOf(one, perStep(one) ?? none(values))),
    onClockBecause: null,
    ...more,
  };
}

function companionOf({ wanted, counts, from }: CompanionWanted, perStep: Series): Companion {
  return { metric: wanted.metric, counts, from, perStep };
}

function none({ start, step }: Series): Series {
  return { start, step, values: [] };
}

/** The metrics that an alarm judges or that its expression reads, each with its statistic. */
export function metricsBeneath(alarm: AlarmFact): Wanted[] {
  return alarm.expression ? alarm.expression.queries.flatMap(wantedBy) : [judgedWanted(alarm)];
}

/** What to ask by the minute where the alarm's windows slide; empty where they do not, or nothing would help. */
export function minutesOf(alarm: AlarmFact, { traffic, companions }: Beside): Wanted[] {
  if (!slidesByMinute(alarm) || alarm.band) return [];
  const beneath = minutesFor(metricsBeneath(alarm));
  if (beneath.length === 0) return [];
  const counts = [...(traffic ? [traffic] : []), ...companions].map(({ wanted }) => wanted);
  return minutesFor([...metricsBeneath(alarm), ...counts]);
}

/**
 * The same metric on windows that slide by a minute, as CloudWatch evaluates an alarm whose period is longer, made of
 * minutes (`minutesOf`). Where they cannot be made the clock's periods stay, and `onClockBecause` says why.
 */
export function onSlidingWindows(
  alarm: AlarmFact,
  clock: JudgedMetric,
  beside: Beside,
  minutes: Answers | null,
): JudgedMetric {
  if (!slidesByMinute(alarm)) return clock;
  const stays = (onClockBecause: string): JudgedMetric => ({ ...clock, onClockBecause });
  if (alarm.band) return stays("a band is known for the clock's periods alone");
  const beneath = metricsBeneath(alarm);
  const counts = [...(beside.traffic ? [beside.traffic] : []), ...beside.companions].map(({ wanted }) => wanted);
  const asked = [...beneath, ...counts];
  const { windows, cannot } = windowsFor(asked, alarm.period, minutes ?? new Map());
  const [why] = beneath.flatMap(({ id }) => cannot.get(id) ?? []);
  if (why !== undefined) return stays(why);
  const values = alarm.expression ? computed(alarm.expression, windows) : windows.get(JUDGED);
  if (!values) return stays("the windows of its expression cannot be computed");
  if (cells(values).length === 0 && cells(clock.values).length > 0)
    return stays("its minutes hold no datapoint (CloudWatch keeps them for 15 days)");
  // The clock's periods are among the windows: so it shows that metric math was understood.
  if (alarm.expression && agrees(clock.values, onGridOf(clock.values, values)) === false)
    return stays("the windows of its minutes are not what CloudWatch says of the clock's periods");
  const perStep = (one: CompanionWanted) => minuteSum(one.wanted, asked, minutes ?? new Map()) ?? none(values);
  const traffic = beside.traffic && companionOf(beside.traffic, perStep(beside.traffic));
  return {
    ...clock,
    values,
    samples: beside.sampled && beside.traffic ? (windows.get(beside.traffic.wanted.id) ?? null) : null,
    traffic,
    // Other statistics would need windows of their own; percentiles have none.
    statistics: {},
    companions: beside.companions.map((one) => companionOf(one, perStep(one))),
  };
}

/** The expression over windows, in the metric's own unit; null where metric math is not understood. */
function computed(expression: NonNullable<AlarmFact["expression"]>, windows: Answers): Series | null {
  const read = readExpression(mathQueries(expression), expression.judged);
  if ("unreadable" in read) return null;
  try {
    const found = evaluateExpression(read.expression, windows);
    const { factor = 1 } = expression;
    return factor === 1 ? found : { ...found, values: found.values.map((one) => (one === null ? null : one / factor)) };
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** Those of the windows that begin with a period of the clock, on its grid. */
function onGridOf({ start, step, values }: Series, windows: Series): Series {
  const at = (index: number) => windows.values[(start + index * step - windows.start) / windows.step] ?? null;
  return { start, step, values: values.map((_, index) => at(index)) };
}

/** How an alarm of a longer period was judged, in one clause; null where its periods are its metric's own minutes. */
export function windowWords(alarm: AlarmFact, { onClockBecause, values }: JudgedMetric): string | null {
  if (!slidesByMinute(alarm)) return null;
  const slide = `CloudWatch evaluates its periods of ${duration(alarm.period)} every minute, on windows that slide`;
  return onClockBecause === null
    ? `${slide}: judged on the ${cells(values).length} windows that its minutes make`
    : `${slide}; judged on the clock's periods alone, since ${onClockBecause}: when it changes state is only known to about ${duration(alarm.period)}`;
}
