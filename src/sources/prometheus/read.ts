import { type InstantVector, type Metric, QueryResult, type RangeVector, ResponseType } from "prometheus-query";
import { dictionary, field, items, labels, Malformed } from "../parse.ts";
import * as z from "../zod.ts";

/*
 * The answers of Prometheus's HTTP API, read by prometheus-query into its types. It trusts what it reads, so that only
 * what fits is handed to it, whether it comes from the wire or from a recording.
 */

export type Labels = { readonly [label: string]: string };

/** How Prometheus writes figures (HTTP API, Expression query result formats). prometheus-query would read "1x" as 1. */
const FIGURE = /^(?:NaN|[+-]?Inf|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

const point = z.tuple([z.number(), z.string().check(z.regex(FIGURE, "expected a figure"))]);

const LINES = {
  [ResponseType.VECTOR]: z.object({ metric: labels, value: point }),
  // A point that is none costs its moment, not its line.
  [ResponseType.MATRIX]: z.pipe(
    z.object({ metric: labels, values: z.custom<unknown[]>(Array.isArray, "expected a list of points") }),
    z.transform(({ metric, values }) => ({ metric, values: values.filter(isPoint) })),
  ),
} as const;

function isPoint(raw: unknown): boolean {
  if (!Array.isArray(raw)) return false;
  const [at, text] = raw as unknown[];
  return typeof at === "number" && typeof text === "string" && FIGURE.test(text);
}

/**
 * As much of a page as prometheus-query can read: lines that do not fit are left out and told as flaws. Throws a Malformed
 * for a page that is no success or whose lines are none.
 */
export function fitting(page: unknown) {
  const status = field(page, "status");
  if (status !== "success") throw new Malformed(`Prometheus answered status ${JSON.stringify(status) ?? "nothing"}`);
  const data = field(page, "data");
  const resultType = field(data, "resultType");
  const lines = resultType === ResponseType.MATRIX || resultType === ResponseType.VECTOR ? LINES[resultType] : null;
  // Scalars and strings it passes on as they are, and what is neither it refuses.
  if (lines === null) return { page: { status, data }, flaws: [] };
  const { kept, flaws } = items<unknown>(lines, field(data, "result"), "result");
  return { page: { status, data: { resultType, result: kept } }, flaws };
}

/** Throws a Malformed where the result is of another type. */
export function mustBe({ resultType }: QueryResult, type: ResponseType): void {
  if (resultType !== type) throw new Malformed(`Prometheus answered no ${type}`);
}

/** The lines of an instant query's page. Throws a Malformed. */
export function readVector(page: unknown): { lines: readonly InstantVector[]; flaws: string[] } {
  return readLines<InstantVector>(page, ResponseType.VECTOR);
}

/** The lines of a range query's page. Throws a Malformed. */
export function readMatrix(page: unknown): { lines: readonly RangeVector[]; flaws: string[] } {
  return readLines<RangeVector>(page, ResponseType.MATRIX);
}

function readLines<Line>(page: unknown, type: ResponseType): { lines: readonly Line[]; flaws: string[] } {
  const { page: fit, flaws } = fitting(page);
  let result: QueryResult;
  try {
    // What is no object it cannot read either.
    result = QueryResult.fromJSON(fit.data as object);
  } catch {
    // Its own words would help nobody.
    throw new Malformed(`Prometheus answered no ${type}`);
  }
  mustBe(result, type);
  return { lines: result.result as readonly Line[], flaws };
}

/** The labels of a line, its metric's name among them as Prometheus writes it. */
export function labelsOf({ name, labels: others }: Metric): Labels {
  const named: [string, string][] = name === undefined ? [] : [["__name__", name]];
  return dictionary([...named, ...(Object.entries(others) as [string, string][])]);
}
