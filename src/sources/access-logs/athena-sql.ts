import { type Epoch, iso, type Span } from "../../model/time.ts";
import { text } from "./athena-fields.ts";
import { shapeOf } from "./athena-shapes.ts";
import { TOLD } from "./counts.ts";
import { daysOf, partsOf } from "./object-key.ts";
import { type Log, REST } from "./questions.ts";
import type { TableName } from "./table-name.ts";

export interface Column {
  readonly name: string;
  /** As Hive calls it: "string", "int", "date". */
  readonly type: string;
}

/** What its catalog tells of a table. */
export interface Table {
  readonly columns: readonly Column[];
  readonly keys: readonly Column[];
  readonly parameters: { readonly [name: string]: string };
}

/** Rows of an answer that are fetched, a thousand a request. What is told is bounded, and stays far below it. */
export const MOST_ROWS = 250_000;

/** The columns that a table of a log would have to have and has not. */
export function lackingColumns(log: Log, { columns }: Table): string[] {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  return shapeOf(log, names).columns.filter((name) => !names.has(name));
}

/** The columns of an answer: how often a key is in a cut of a span and group, with times in this bucket (-1: none). */
export const ANSWER = ["span", "grp", "cut", "key", "bucket", "count", "failed", "made", "gave_up", "sum"] as const;
/** The cut under which lines are told that are none; nothing but their count means anything. */
export const UNREADABLE = "unreadable";

/**
 * The one statement that is ever sent. It counts the lines of the spans, in the partitions of their days, as aggregate.ts
 * and counts.ts do, so that it answers with some thousand rows however many lines there are. Lines that the table's own
 * pattern cannot read have no time, so that nobody knows whose they are: those of the days are told as unreadable. Null
 * where the table has no partitions by day: it would be read whole, and paid for whole.
 */
export function countLines(
  log: Log,
  name: TableName,
  table: Table,
  loadBalancer: string,
  spans: readonly Span[],
): string | null {
  const bounds = partitionBounds(table, loadBalancer, spans);
  if (bounds === null) return null;
  const from = [name.catalog, name.database, name.table].map(quoted).join(".");
  const within = spans.map(({ start, end }) => `(time >= ${text(second(start))} AND time < ${text(second(end))})`);
  const spanOf = `CASE ${within.map((one, span) => `WHEN ${one} THEN ${span}`).join(" ")} ELSE -1 END`;
  const names = new Set(table.columns.map((one) => one.name.toLowerCase()));
  const shape = shapeOf(log, names);
  const { only } = shape;
  const keys = [...Object.entries(shape.keys), [UNREADABLE, "''"] as const];
  // The table is named once: what names it twice is scanned, and paid for, twice.
  const ofKey = "PARTITION BY span, grp, cut, k";
  const ofCut = "PARTITION BY span, grp, cut";
  return `WITH lines AS (
SELECT ${spanOf} AS span, ${columns(shape.fields)}
FROM ${from}
WHERE ${bounds}
AND ${shape.linesOf(loadBalancer, within.join(" OR "))}
),
folded AS (SELECT *, ${columns(shape.folded)} FROM lines),
cuts AS (SELECT * FROM (VALUES ${keys.map(([cut]) => `(${text(cut)})`).join(", ")}) AS c (cut)),
keyed AS (
SELECT span, grp, cut, CASE cut ${keys.map(([cut, key]) => `WHEN ${text(cut)} THEN ${key}`).join(" ")} END AS k, bucket, failed, made, gave_up, CASE WHEN ms < 0 THEN 0 ELSE ms END AS ms
FROM folded CROSS JOIN cuts
WHERE CASE WHEN is_line THEN cut <> ${text(UNREADABLE)} AND (cut <> ${text(only.cut)} OR ${only.where}) ELSE cut = ${text(UNREADABLE)} END
),
counted AS (
SELECT span, grp, cut, k, bucket, count(*) AS n, sum(failed) AS f, sum(made) AS m, sum(gave_up) AS g, sum(ms) AS s
FROM keyed GROUP BY span, grp, cut, k, bucket
),
totals AS (
SELECT *, sum(n) OVER (${ofKey}) AS all_n, sum(s) OVER (${ofKey}) AS all_s, sum(f + m + g) OVER (${ofKey}) AS all_b
FROM counted
),
ranked AS (
SELECT *, dense_rank() OVER (${ofCut} ORDER BY all_n DESC, k) AS by_n, dense_rank() OVER (${ofCut} ORDER BY all_s DESC, k) AS by_s, dense_rank() OVER (${ofCut} ORDER BY all_b DESC, k) AS by_b, ${mostTold()} AS most
FROM totals
),
chosen AS (
SELECT span, grp, cut, CASE WHEN by_n <= most OR (all_s > 0 AND by_s <= most) OR (all_b > 0 AND by_b <= most) THEN k ELSE ${text(REST)} END AS k, bucket, n, f, m, g, s
FROM ranked
)
SELECT span, grp, cut, k, bucket, sum(n), sum(f), sum(m), sum(g), sum(s)
FROM chosen GROUP BY span, grp, cut, k, bucket
LIMIT ${MOST_ROWS + 1}`;
}

function columns(fields: readonly (readonly [name: string, expression: string])[]): string {
  return fields.map(([name, expression]) => `${expression} AS ${name}`).join(", ");
}

/** Keys of a cut that are told by each measure; see TOLD. */
function mostTold(): string {
  const limits = Object.entries(TOLD).map(([cut, most]) => `WHEN ${text(cut)} THEN ${most}`);
  return `CASE cut ${limits.join(" ")} ELSE ${MOST_ROWS} END`;
}

/** "2026-06-26T08:00:00": a line's time, which has fractions of a second, is greater than that from this second on. */
function second(time: Epoch): string {
  return iso(time).slice(0, 19);
}

/** Formats of the one key that is a day, as projection.KEY.format has them (Athena User Guide, Partition projection). */
const DAY_FORMATS = new Map<string, (day: string) => string>([
  ["yyyy/MM/dd", (day) => day],
  ["yyyy-MM-dd", (day) => day.replaceAll("/", "-")],
  ["yyyyMMdd", (day) => day.replaceAll("/", "")],
]);
/** What the keys are called that hold something of the load balancer's ARN. */
const REGIONS = /^(aws_?)?region$/i;
const ACCOUNTS = /^(aws_?)?account(_?id)?$/i;

function partitionBounds({ keys, parameters }: Table, loadBalancer: string, spans: readonly Span[]): string | null {
  const days = daysOf(spans);
  const { region, account } = partsOf(loadBalancer);
  const beside = keys.flatMap(({ name }) => {
    const value = REGIONS.test(name) ? region : ACCOUNTS.test(name) ? account : null;
    return value === null ? [] : [`${quoted(name)} = ${text(value)}`];
  });
  const byDay = dayBounds(keys, parameters, days);
  return byDay === null ? null : [byDay, ...beside].join(" AND ");
}

function dayBounds(keys: readonly Column[], parameters: Table["parameters"], days: readonly string[]): string | null {
  const key = (called: string) => keys.find(({ name }) => name.toLowerCase() === called);
  const [year, month, day] = [key("year"), key("month"), key("day")];
  if (year && month && day) {
    const each = days.map((one) => {
      const parts = one.split("/");
      return [year, month, day]
        .map((part, at) => `${quoted(part.name)} = ${keyValue(part, parts[at] ?? "")}`)
        .join(" AND ");
    });
    return `(${each.map((one) => `(${one})`).join(" OR ")})`;
  }
  const one = keys.find(({ name }) => /^(day|date|dt)$/i.test(name));
  if (one === undefined) return null;
  if (one.type.toLowerCase() === "date")
    return `${quoted(one.name)} IN (${days.map((at) => `DATE ${text(at.replaceAll("/", "-"))}`).join(", ")})`;
  const told = parameters[`projection.${one.name}.format`];
  // Partitions that are listed in the catalog have any form: of the others there is none.
  const formats = [...DAY_FORMATS].filter(([format]) => told === undefined || format === told);
  const values = days.flatMap((at) => formats.map(([, format]) => text(format(at))));
  return values.length > 0 ? `${quoted(one.name)} IN (${values.join(", ")})` : null;
}

function keyValue({ type }: Column, digits: string): string {
  return /int/i.test(type) ? String(Number(digits)) : text(digits);
}

/** A name in SQL. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
