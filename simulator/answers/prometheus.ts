import type { Answer, Input, Json } from "../../src/model/question.ts";
import { epoch } from "../../src/model/time.ts";
import { compile } from "../prometheus/promql.ts";
import type { Labels } from "../prometheus/scrape.ts";
import type { SeriesStore } from "../prometheus/store.ts";
import { keyOf, PromqlError } from "../prometheus/values.ts";

/** Prometheus refuses range queries that give more points a series (web/api/v1). */
const MAX_POINTS = 11_000;

export function prometheusAnswer(store: SeriesStore, operation: string, input: Input): Answer {
  try {
    const expression = compile(String(input.query), (metric) => store.named(metric));
    if (operation === "query") return instant(expression(timeOf(input.time)), timeOf(input.time));
    const start = timeOf(input.start);
    const end = timeOf(input.end);
    const step = Number(input.step);
    if (!(step > 0))
      throw new PromqlError('invalid parameter "step": zero or negative query resolution step widths are not accepted');
    if ((end - start) / step > MAX_POINTS)
      throw new PromqlError(
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
      );
    const lines = new Map<string, { metric: Labels; values: [number, string][] }>();
    for (let time = start; time <= end; time += step) {
      const value = expression(time);
      const found = value.type === "scalar" ? [{ labels: {}, value: value.value }] : value.lines;
      for (const { labels, value } of found) {
        const key = keyOf(labels);
        const line = lines.get(key) ?? { metric: labels, values: [] };
        line.values.push([time, numeral(value)]);
        lines.set(key, line);
      }
    }
    return success(
      "matrix",
      [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line),
    );
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return { status: "failed", failure: { kind: "malformed", message: `bad_data: ${error.message}` } };
  }
}

function instant(value: ReturnType<ReturnType<typeof compile>>, time: number): Answer {
  if (value.type === "scalar") return success("scalar", [time, numeral(value.value)]);
  return success(
    "vector",
    value.lines.map((line) => ({ metric: line.labels, value: [time, numeral(line.value)] })),
  );
}

function success(resultType: string, result: unknown): Answer {
  return { status: "answered", pages: [{ status: "success", data: { resultType, result } }] };
}

/** Values as strings, as the API has them; shortened to five digits where that does not change what they say. */
function numeral(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return String(Math.abs(value) < 1000 ? Number(value.toPrecision(5)) : Math.round(value * 1000) / 1000);
}

function timeOf(value: Json | undefined): number {
  if (typeof value === "string" && /^[\d.]+$/.test(value)) return Number(value);
  return epoch(value);
}
