import type { AlarmExpression } from "../../model/facts.ts";
import type { Input, Parsed, Question, Typed } from "../../model/question.ts";
import { type Epoch, epoch, iso, type Series, type Span } from "../../model/time.ts";
import { field, isMetricValue, items, Malformed, text } from "../parse.ts";
import * as z from "../zod.ts";

/** One metric with one statistic, as asked of GetMetricData. `id` must start with a lower-case letter. */
export interface MetricWanted {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly statistic: string;
}

/** GetMetricData takes at most 500 queries a call (API reference, GetMetricData). */
export const METRICS_PER_CALL = 500;

// Datapoints are looked at one by one when they are laid on the grid; walking them here as well would only cost time.
const points = z.custom<unknown[]>(Array.isArray, "expected a list");
const metricResult = z.object({
  Id: z.string(),
  Timestamps: points,
  Values: points,
  StatusCode: text,
});

/**
 * GetMetricData over a span, as one series per wanted metric on the grid of the period. EndTime is exclusive. A metric
 * without traffic has no datapoints: its series is all null.
 */
export function metricData(span: Span, period: number, wanted: readonly MetricWanted[]): Typed<Map<string, Series>> {
  if (wanted.length > METRICS_PER_CALL) throw new RangeError(`more than ${METRICS_PER_CALL} metrics in one call`);
  const grid = gridOf(span, period);
  return {
    question: dataQuestion(spanOf(grid), metricQueries(period, wanted)),
    parse: (pages) => parseMetrics(pages, grid, wanted),
  };
}

/** The same question for one of its metrics alone: what shows one figure. The question itself where it has no such id. */
export function onlyMetric(question: Question, id: string): Question {
  const queries = question.input.MetricDataQueries;
  const own = Array.isArray(queries) ? queries.filter((one) => field(one, "Id") === id) : [];
  return own.length === 0 ? question : { ...question, input: { ...question.input, MetricDataQueries: own } };
}

/** The periods of a span, as many as it takes to cover it. */
interface Grid {
  readonly start: Epoch;
  readonly step: number;
  readonly size: number;
}

function gridOf({ start, end }: Span, period: number): Grid {
  const first = Math.floor(start / period) * period;
  return { start: first, step: period, size: Math.max(0, Math.ceil((end - first) / period)) };
}

function spanOf({ start, step, size }: Grid): Span {
  return { start, end: start + size * step };
}

/** GetMetricData for an alarm's own queries: the values of its expression, as one series. */
export function expressionData(span: Span, period: number, { queries, judged }: AlarmExpression): Typed<Series> {
  const grid = gridOf(span, period);
  return {
    question: dataQuestion(spanOf(grid), queries),
    parse: (pages) => {
      const { value, flaws } = parseMetrics(pages, grid, [{ id: judged, metric: "the alarm's expression" }]);
      return { value: value.get(judged) ?? { start: grid.start, step: period, values: [] }, flaws };
    },
  };
}

/**
 * GetMetricData for the queries of an alarm on an anomaly band: the band's upper bound. CloudWatch answers the band's query
 * with two series, told apart by nothing that is documented: of each period the higher value is the upper bound.
 */
export function upperBound(span: Span, period: number, { queries, judged }: AlarmExpression): Typed<Series> {
  const grid = gridOf(span, period);
  return {
    question: dataQuestion(spanOf(grid), queries),
    parse: (pages) => {
      const bounds = Array.from({ length: grid.size }, (): number[] => []);
      const flaws: string[] = [];
      const timeOf = timeReader();
      const results = pages.flatMap((page) => {
        const { kept, flaws: odd } = items(metricResult, field(page, "MetricDataResults"), "MetricDataResults");
        flaws.push(...odd);
        return kept.filter(({ Id }) => Id === judged);
      });
      if (results.length === 0) throw new Malformed("MetricDataResults has no band");
      for (const { Timestamps, Values } of results) {
        const own = new Array<number | null>(grid.size).fill(null);
        fill(own, grid, Timestamps.map(timeOf), Values);
        for (const [index, value] of own.entries()) if (value !== null) bounds[index]?.push(value);
      }
      // Of a bound that stands alone nothing tells which of the two it is.
      const values = bounds.map((pair) => (pair.length < 2 ? null : Math.max(...pair)));
      return { value: { start: grid.start, step: grid.step, values }, flaws };
    },
  };
}

function metricQueries(period: number, wanted: readonly MetricWanted[]): Input[] {
  return wanted.map((metric) => ({
    Id: metric.id,
    MetricStat: {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.metric,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: period,
      Stat: metric.statistic,
    },
  }));
}

function dataQuestion(span: Span, queries: readonly Input[]): Question {
  return {
    source: "cloudwatch",
    operation: "GetMetricData",
    input: {
      StartTime: iso(span.start),
      EndTime: iso(span.end),
      ScanBy: "TimestampAscending",
      MetricDataQueries: queries,
    },
  };
}

function parseMetrics(
  pages: readonly unknown[],
  grid: Grid,
  wanted: readonly Pick<MetricWanted, "id" | "metric">[],
): Parsed<Map<string, Series>> {
  const values = new Map(wanted.map((metric) => [metric.id, new Array<number | null>(grid.size).fill(null)]));
  const flaws: string[] = [];
  const answered = new Set<string>();
  const timeOf = timeReader();
  for (const page of pages) {
    const { kept, flaws: odd } = items(metricResult, field(page, "MetricDataResults"), "MetricDataResults");
    flaws.push(...odd);
    for (const result of kept) {
      const line = values.get(result.Id);
      if (!line) continue;
      answered.add(result.Id);
      const bad = fill(line, grid, result.Timestamps.map(timeOf), result.Values);
      if (bad > 0) flaws.push(`${result.Id}: ${bad} datapoints left out, not a time with a number`);
      if (result.StatusCode === "InternalError" || result.StatusCode === "Forbidden")
        flaws.push(`${result.Id}: CloudWatch answered ${result.StatusCode}`);
    }
  }
  const silent = wanted.filter((metric) => !answered.has(metric.id));
  if (silent.length === wanted.length && wanted.length > 0)
    throw new Malformed("MetricDataResults has none of the requested metrics");
  if (silent.length > 0) flaws.push(`no result for ${silent.map((metric) => metric.metric).join(", ")}`);
  return {
    value: new Map([...values].map(([id, line]) => [id, { start: grid.start, step: grid.step, values: line }])),
    flaws,
  };
}

function fill(line: (number | null)[], grid: Grid, times: readonly Epoch[], values: readonly unknown[]): number {
  let bad = 0;
  // By index, here and wherever all datapoints are looked at: pairs would be made for tens of thousands of them.
  for (let index = 0; index < times.length; index += 1) {
    const at = times[index] ?? Number.NaN;
    const value = values[index];
    const slot = Math.floor((at - grid.start) / grid.step);
    if (!Number.isFinite(at) || !isMetricValue(value)) bad += 1;
    else if (slot >= 0 && slot < line.length) line[slot] = value;
  }
  return bad;
}

/** Reads times; every metric of an answer has the same ones, so that each is read once. NaN where it is none. */
function timeReader(): (raw: unknown) => Epoch {
  const known = new Map<unknown, Epoch>();
  return (raw) => {
    const before = known.get(raw);
    if (before !== undefined) return before;
    const found = timeOrNaN(raw);
    known.set(raw, found);
    return found;
  };
}

function timeOrNaN(raw: unknown): Epoch {
  try {
    return epoch(raw);
  } catch {
    // Counted as a flaw by the caller: one odd timestamp does not cost the series.
    return Number.NaN;
  }
}
