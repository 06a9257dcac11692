import type { Answer, Input, Json } from "../../src/model/question.ts";
import { epoch } from "../../src/model/time.ts";
import { typeOf } from "../front.ts";
import { Random } from "../random.ts";
import { alarmDimensions, alarmNamespace, RESPONSE_TIME, type World } from "../world.ts";
import { alarmHistory, comparisonWords, reason } from "./history.ts";
import { metricValue } from "./metrics.ts";
import { publishedValue } from "./published.ts";

/** GetMetricData answers at most this many datapoints a page (API reference, GetMetricData). */
const POINTS_PER_PAGE = 100_800;
const HISTORY_PER_PAGE = 100;

export function describeAlarms(world: World, input: Input): Answer {
  const names = strings(input.AlarmNames);
  const types = strings(input.AlarmTypes);
  const { alarm } = world.scenario;
  const wanted =
    (names.length === 0 || names.includes(alarm.name)) && (types.length === 0 || types.includes("MetricAlarm"));
  return answered({ CompositeAlarms: [], MetricAlarms: wanted ? [alarmObject(world)] : [] });
}

function alarmObject(world: World) {
  const { scenario, arns } = world;
  const { alarm } = scenario;
  const percentile = alarm.statistic.startsWith("p");
  const since = world.changes.at(-1)?.at ?? scenario.now - alarm.since;
  const newest = newestPoints(world);
  const last = [...world.alarmMetric, ...newest].reverse().find((value) => value !== null) ?? null;
  return {
    AlarmName: alarm.name,
    AlarmArn: arns.alarm,
    ...(alarm.description === null ? {} : { AlarmDescription: alarm.description }),
    AlarmConfigurationUpdatedTimestamp: isoMs(
      alarm.changed ? scenario.now - scenario.window + alarm.changed.at : scenario.now - alarm.since - 86_400 * 61,
    ),
    ActionsEnabled: true,
    OKActions: [arns.topic],
    AlarmActions: [arns.topic],
    InsufficientDataActions: [],
    StateValue: world.state,
    StateReason: newest.every((value) => value === null)
      ? reason(alarm, world.state, newest)
      : `Threshold Crossed: datapoint [${last}] was ${world.state === "ALARM" ? "" : "not "}${comparisonWords(alarm)} the threshold (${alarm.threshold}).`,
    StateUpdatedTimestamp: isoMs(since),
    StateTransitionedTimestamp: isoMs(since),
    MetricName: alarm.metric ?? RESPONSE_TIME,
    Namespace: alarmNamespace(scenario),
    ...(percentile ? { ExtendedStatistic: alarm.statistic } : { Statistic: alarm.statistic }),
    Dimensions: Object.entries(alarmDimensions(world)).map(([Name, Value]) => ({ Name, Value })),
    Period: alarm.period,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison ?? "GreaterThanThreshold",
    TreatMissingData: alarm.treatMissingData,
  };
}

/** The alarm's newest datapoints; of periods that are longer than what is simulated, those before now. */
function newestPoints(world: World): readonly (number | null)[] {
  const { alarm, now, window } = world.scenario;
  const { period, evaluationPeriods: count, statistic, metric = RESPONSE_TIME } = alarm;
  if (period <= window) return world.alarmMetric.slice(-count);
  const namespace = alarmNamespace(world.scenario);
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor(now / period) * period - (count - index) * period;
    return publishedValue(world, namespace, metric, alarmDimensions(world), statistic, at, period);
  });
}

export function describeAlarmHistory(world: World, input: Input): Answer {
  const { alarm, now } = world.scenario;
  const from = input.StartDate === undefined ? 0 : epoch(input.StartDate);
  // History reaches back 30 days.
  const start = Math.max(from, now - 30 * 86_400);
  const end = input.EndDate === undefined ? now : epoch(input.EndDate);
  const type = input.HistoryItemType;
  const known = input.AlarmName === undefined || input.AlarmName === alarm.name;
  const items = (known ? alarmHistory(world) : []).filter(
    (item) => item.at >= start && item.at <= end && (type === undefined || item.entry.HistoryItemType === type),
  );
  if (input.ScanBy !== "TimestampAscending") items.reverse();
  const asked = typeof input.MaxRecords === "number" ? input.MaxRecords : HISTORY_PER_PAGE;
  const size = Math.min(asked, HISTORY_PER_PAGE);
  const pages: unknown[] = [];
  for (let first = 0; first === 0 || first < items.length; first += size) {
    const AlarmHistoryItems = items.slice(first, first + size).map((item) => item.entry);
    pages.push(
      first + size < items.length
        ? { AlarmHistoryItems, NextToken: new Random(first, alarm.name).hex(32) }
        : { AlarmHistoryItems },
    );
  }
  return { status: "answered", pages };
}

interface Line {
  readonly Id: string;
  readonly Label: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

/** `read`: where a datapoint of an ALB comes from; the simulation's unless it is said. */
export function getMetricData(world: World, input: Input, read = metricValue): Answer {
  const start = epoch(input.StartTime);
  const end = epoch(input.EndTime);
  const queries = Array.isArray(input.MetricDataQueries) ? input.MetricDataQueries : [];
  const lines = queries.map((query: Json) => metricLine(world, object(query), start, end, read));
  const ordered =
    input.ScanBy === "TimestampAscending"
      ? lines
      : lines.map((line) => ({ ...line, points: [...line.points].reverse() }));
  return { status: "answered", pages: metricPages(ordered, world.scenario.seed) };
}

function metricLine(world: World, query: Input, start: number, end: number, read: typeof metricValue): Line {
  const stat = object(query.MetricStat);
  const metric = object(stat.Metric);
  const dimensions = Object.fromEntries(
    (Array.isArray(metric.Dimensions) ? metric.Dimensions : []).map((one: Json) => {
      const { Name, Value } = object(one);
      return [String(Name), String(Value)];
    }),
  );
  const name = String(metric.MetricName);
  const step = Number(stat.Period);
  const points: { at: number; value: number }[] = [];
  // Periods that are no multiple of a minute hold nothing for metrics of a minute; so do expressions, which have none.
  const known = step >= 60 && step % 60 === 0;
  const namespace = String(metric.Namespace);
  const stored = (at: number) =>
    namespace === "AWS/ApplicationELB" && typeOf(world.scenario) === "application"
      ? read(world, name, dimensions, String(stat.Stat), at, step)
      : publishedValue(world, namespace, name, dimensions, String(stat.Stat), at, step);
  // StartTime is rounded down to the period (API reference, GetMetricData).
  for (let at = Math.floor(start / step) * step; known && at < end; at += step) {
    const value = stored(at);
    if (value !== null) points.push({ at, value });
  }
  return { Id: String(query.Id), Label: name, points };
}

function metricPages(lines: readonly Line[], seed: number): unknown[] {
  const pages: { MetricDataResults: unknown[]; NextToken?: string; Messages: never[] }[] = [];
  let page: unknown[] = [];
  let room = POINTS_PER_PAGE;
  for (const { Id, Label, points } of lines) {
    let first = 0;
    do {
      if (room === 0) {
        pages.push({
          MetricDataResults: page,
          NextToken: new Random(seed, `page ${pages.length}`).hex(32),
          Messages: [],
        });
        page = [];
        room = POINTS_PER_PAGE;
      }
      const part = points.slice(first, first + room);
      first += part.length;
      room -= part.length;
      page.push({
        Id,
        Label,
        Timestamps: part.map((point) => iso(point.at)),
        Values: part.map((point) => point.value),
        StatusCode: first < points.length ? "PartialData" : "Complete",
      });
    } while (first < points.length);
  }
  return [...pages, { MetricDataResults: page, Messages: [] }];
}

function answered(page: unknown): Answer {
  return { status: "answered", pages: [page] };
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function object(value: Json | undefined): Input {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Input) : {};
}

function iso(at: number): string {
  return new Date(at * 1000).toISOString().replace(".000Z", "Z");
}

/** With milliseconds: state changes do not fall on whole seconds. */
function isoMs(at: number): string {
  return new Date(Math.round(at * 1000)).toISOString();
}
