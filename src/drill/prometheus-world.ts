import type { Answer, Question } from "../model/question.ts";
import { epoch } from "../model/time.ts";
import { field } from "../sources/parse.ts";
import type { Recorded } from "../sources/recording/recording.ts";

/**
 * What a recording holds of Prometheus, for expressions of the same form: the same metrics, functions and sums, whatever
 * the selectors, ranges and times. The answer says in a warning which expression was recorded. A selector that names a
 * label of the answer's series still chooses among them. Null where nothing like it was asked.
 */
export function askPrometheus(recorded: readonly Recorded[], { operation, input }: Question): Answer | null {
  const typed = String(input.query);
  const own = recorded.filter(
    ({ question, answer }) => question.source === "prometheus" && answer.status === "answered",
  );
  const found =
    own.find(({ question }) => question.input.query === typed) ??
    own.find(({ question }) => skeleton(String(question.input.query)) === skeleton(typed));
  if (found?.answer.status !== "answered") return null;
  const text = String(found.question.input.query);
  const result = resultOf(found.answer.pages[0]).filter((line) => isSelected(line, typed));
  const wanted = operation === "query" ? instant(result, epoch(String(input.time))) : range(result, input);
  const data = { resultType: operation === "query" ? "vector" : "matrix", result: wanted };
  const warnings = text === typed ? {} : { warnings: [`recorded as: ${text}`] };
  return { status: "answered", pages: [{ status: "success", data, ...warnings }] };
}

/** The expressions that were recorded, each once. */
export function expressions(recorded: readonly Recorded[]): string[] {
  return [
    ...new Set(
      recorded.flatMap(({ question }) => (question.source === "prometheus" ? [String(question.input.query)] : [])),
    ),
  ];
}

/** The expression without its selectors, ranges, groupings and blanks. */
function skeleton(query: string): string {
  return query
    .replace(/\{(?:[^{}"']|"(?:\\.|[^"])*"|'[^']*')*\}/g, "")
    .replace(/\[[^\]]*\]/g, "[]")
    .replace(/\b(by|without) *\([^)]*\)/g, "")
    .replace(/\s+/g, "");
}

function resultOf(page: unknown): readonly unknown[] {
  const result = field(field(page, "data"), "result");
  return Array.isArray(result) ? result : [];
}

/** Whether a series fits the matchers of the typed expression, as far as it has their labels. */
function isSelected(line: unknown, typed: string): boolean {
  const labels = field(line, "metric");
  const matchers = typed.matchAll(/([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"])*)"/g);
  return [...matchers].every(([, name = "", sign = "=", raw = ""]) => {
    const value = field(labels, name);
    if (typeof value !== "string") return true;
    const wanted = raw.replace(/\\(.)/g, "$1");
    const equal = sign.includes("~") ? matches(wanted, value) : value === wanted;
    return sign.startsWith("!") ? !equal : equal;
  });
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    // A pattern of RE2 that JavaScript does not know.
    return true;
  }
}

type Sample = readonly [at: number, value: string];

function samplesOf(line: unknown): readonly Sample[] {
  const [values, value] = [field(line, "values"), field(line, "value")];
  return (Array.isArray(values) ? values : [value]) as readonly Sample[];
}

/** Prometheus takes the last sample of five minutes for the value of a moment (Prometheus, Staleness). */
const LOOKBACK = 300;

function instant(result: readonly unknown[], at: number): unknown[] {
  return result.flatMap((line) => {
    const last = samplesOf(line).findLast(([time]) => time <= at && time > at - LOOKBACK);
    return last ? [{ metric: field(line, "metric"), value: [at, last[1]] }] : [];
  });
}

function range(result: readonly unknown[], { start, end }: Question["input"]): unknown[] {
  const [from, to] = [epoch(String(start)), epoch(String(end))];
  return result.flatMap((line) => {
    const values = samplesOf(line).filter(([at]) => at >= from && at <= to);
    return values.length === 0 ? [] : [{ metric: field(line, "metric"), values }];
  });
}
