import type { SampleValue } from "prometheus-query";
import type { Parsed, Typed } from "../../model/question.ts";
import { type Epoch, iso, type Series, type Span } from "../../model/time.ts";
import { field, held, isMetricValue } from "../parse.ts";
import * as z from "../zod.ts";
import { type Labels, labelsOf, readMatrix, readVector } from "./read.ts";

export type { Labels };

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
    parse: ([page]) => {
      const { lines, flaws } = readMatrix(page);
      const value = lines.map(({ metric, values }) => ({
        labels: labelsOf(metric),
        series: toSeries(values, start, step, size),
      }));
      return warned(page, value, flaws);
    },
  };
}

/** A PromQL instant query at a time. Lines whose value is no finite number are left out. */
export function query(text: string, time: Epoch): Typed<InstantLine[]> {
  return {
    question: { source: "prometheus", operation: "query", input: { query: text, time: iso(time) } },
    parse: ([page]) => {
      const { lines, flaws } = readVector(page);
      const read = lines.map(({ metric, value }) => ({ labels: labelsOf(metric), value: value.value }));
      return warned(
        page,
        read.filter(({ value }) => isMetricValue(value)),
        flaws,
      );
    },
  };
}

/** What was read, and what Prometheus itself says is wrong with it, which prometheus-query does not pass on. */
function warned<T>(page: unknown, value: T, flaws: readonly string[]): Parsed<T> {
  const warnings = held(z.nullish(z.array(z.string())), field(page, "warnings"), "warnings") ?? [];
  return { value, flaws: [...flaws, ...warnings.map((warning) => `Prometheus warns: ${warning}`)] };
}

/** Points between the grid's moments fall to the nearest; what is no finite number is nothing. */
function toSeries(points: readonly SampleValue[], start: Epoch, step: number, size: number): Series {
  const values = new Array<number | null>(size).fill(null);
  for (const { time, value } of points) {
    const slot = Math.round((time.getTime() / 1000 - start) / step);
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
