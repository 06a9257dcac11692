import type { Parsed, Typed } from "../../model/question.ts";
import { type Epoch, iso, type Series, type Span } from "../../model/time.ts";
import { field, held, isMetricValue, items, labels, Malformed } from "../parse.ts";
import * as z from "../zod.ts";

export type Labels = { readonly [label: string]: string };

/** One line of a range query's result. */
export interface RangeLine {
  readonly labels: Labels;
  readonly series: Series;
}
/** One line of an instant query's result. */
export interface InstantLine {
  readonly labels: Labels;
  readonly value: number;
}

const point = z.tuple([z.number(), z.string()]);
// Points are looked at one by one when they are laid on the grid.
const matrixLine = z.object({
  metric: labels,
  values: z.custom<unknown[]>(Array.isArray, "expected a list of points"),
});
const vectorLine = z.object({ metric: labels, value: point });

/**
 * A PromQL range query on a grid of `step` seconds, both ends included, as the HTTP API has it. Values that are no
 * finite numbers become null.
 */
export function queryRange(query: string, span: Span, step: number): Typed<RangeLine[]> {
  const start = Math.floor(span.start / step) * step;
  const size = Math.floor((span.end - start) / step) + 1;
  return {
    question: {
      source: "prometheus",
      operation: "query_range",
      input: { query, start: iso(start), end: iso(start + (size - 1) * step), step },
    },
    parse: (pages) =>
      parseResult(pages, "matrix", matrixLine, (line) => ({
        labels: line.metric,
        series: toSeries(line.values, start, step, size),
      })),
  };
}

/** A PromQL instant query at a time. Lines whose value is no finite number are left out. */
export function query(text: string, time: Epoch): Typed<InstantLine[]> {
  return {
    question: { source: "prometheus", operation: "query", input: { query: text, time: iso(time) } },
    parse: (pages) => {
      const parsed = parseResult(pages, "vector", vectorLine, (line) => ({
        labels: line.metric,
        value: Number(line.value[1]),
      }));
      return { ...parsed, value: parsed.value.filter((line) => isMetricValue(line.value)) };
    },
  };
}

function parseResult<Raw, T>(
  pages: readonly unknown[],
  type: string,
  schema: z.ZodMiniType<Raw>,
  read: (raw: Raw) => T,
): Parsed<T[]> {
  const [page] = pages;
  const status = field(page, "status");
  if (status !== "success") throw new Malformed(`Prometheus answered status ${JSON.stringify(status) ?? "nothing"}`);
  const data = field(page, "data");
  if (field(data, "resultType") !== type) throw new Malformed(`Prometheus answered no ${type}`);
  const { kept, flaws } = items(schema, field(data, "result"), "result");
  const warnings = held(z.nullish(z.array(z.string())), field(page, "warnings"), "warnings") ?? [];
  return { value: kept.map(read), flaws: [...flaws, ...warnings.map((warning) => `Prometheus warns: ${warning}`)] };
}

/** Points that are none (no pair, no time, no finite number) are nothing, as in Prometheus NaN and infinity may be. */
function toSeries(points: readonly unknown[], start: Epoch, step: number, size: number): Series {
  const values = new Array<number | null>(size).fill(null);
  for (const raw of points) {
    const [at, text] = Array.isArray(raw) ? (raw as unknown[]) : [];
    if (typeof at !== "number" || typeof text !== "string") continue;
    const slot = Math.round((at - start) / step);
    const value = Number(text);
    if (slot >= 0 && slot < size && isMetricValue(value)) values[slot] = value;
  }
  return { start, step, values };
}

/** A PromQL string literal, with quotes, backslashes and newlines escaped (Prometheus documentation, String literals). */
export function quoted(value: string): string {
  return `"${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}

/** The text as an RE2 regular expression that matches it and nothing else. */
export function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
