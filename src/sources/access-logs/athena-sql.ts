import { type Epoch, iso, type Span } from "../../model/time.ts";
import { daysOf, partsOf } from "./object-key.ts";

/** A table of Athena: "catalog.database.table", of which the first parts may be left out. */
export interface TableName {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
}

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

/** Lines that are fetched of one answer, a thousand a request: some minutes. What is more is a gap. */
export const MOST_LINES = 250_000;

/** The columns that are counted, as the Athena User Guide names them (Create the table for ALB access logs). */
const NEEDED = [
  "type",
  "time",
  "elb",
  "client_ip",
  "client_port",
  "target_ip",
  "target_port",
  "request_processing_time",
  "target_processing_time",
  "response_processing_time",
  "elb_status_code",
  "target_status_code",
  "received_bytes",
  "sent_bytes",
  "request_verb",
  "request_url",
  "request_proto",
  "user_agent",
  "target_group_arn",
  "matched_rule_priority",
  "actions_executed",
] as const;
/** Why the load balancer answered so; the guide's name, and that which others use. A table may lack it. */
const REASONS = ["lambda_error_reason", "error_reason"] as const;

/** Null where it is no name of a table. Letters, digits, "_" and "-": Athena knows no others but in quotes. */
export function tableName(text: string): TableName | null {
  const parts = text.split(".");
  if (parts.length > 3 || !parts.every((part) => /^[A-Za-z0-9_-]{1,255}$/.test(part))) return null;
  const [table = "", database = "default", catalog = "AwsDataCatalog"] = parts.reverse();
  return { catalog, database, table };
}

/** The columns that a table would have to have and has not. */
export function lackingColumns({ columns }: Table): string[] {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  return NEEDED.filter((name) => !names.has(name));
}

/** The columns of an answer, in order. */
export function selectedColumns({ columns }: Table): string[] {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  return [...NEEDED, ...REASONS.filter((name) => names.has(name))];
}

/**
 * The one statement that is ever sent: the lines of the spans, in the partitions of their days. Lines that the table's own
 * pattern cannot read have no time, so that nobody knows whose they are: those of the days are selected too, and told as
 * unreadable. Null where the table has no partitions by day: it would be read whole, and paid for whole.
 */
export function selectLines(
  name: TableName,
  table: Table,
  loadBalancer: string,
  spans: readonly Span[],
): string | null {
  const bounds = partitionBounds(table, loadBalancer, spans);
  if (bounds === null) return null;
  const { catalog, database, table: own } = name;
  const within = spans.map(({ start, end }) => `time >= ${text(second(start))} AND time < ${text(second(end))}`);
  const columns = selectedColumns(table).map(quoted).join(", ");
  return [
    `SELECT ${columns}`,
    `FROM ${[catalog, database, own].map(quoted).join(".")}`,
    `WHERE ${bounds}`,
    `AND ((elb = ${text(partsOf(loadBalancer).id)} AND (${within.join(" OR ")})) OR time IS NULL)`,
    `LIMIT ${MOST_LINES + 1}`,
  ].join("\n");
}

/** "2026-06-26T08:00:00": a line's time, which has fractions of a second, is greater than that from this second on. */
function second(time: Epoch): string {
  return iso(time).slice(0, 19);
}

/** Formats of the one key that is a day, as projection.KEY.format has them (Athena User Guide, Partition projection). */
const DAY_FORMATS: { readonly [format: string]: (day: string) => string } = {
  "yyyy/MM/dd": (day) => day,
  "yyyy-MM-dd": (day) => day.replaceAll("/", "-"),
  yyyyMMdd: (day) => day.replaceAll("/", ""),
};
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
  const format = DAY_FORMATS[parameters[`projection.${one.name}.format`] ?? "yyyy/MM/dd"];
  return format ? `${quoted(one.name)} IN (${days.map((at) => text(format(at))).join(", ")})` : null;
}

function keyValue({ type }: Column, digits: string): string {
  return /int/i.test(type) ? String(Number(digits)) : text(digits);
}

/** A text in SQL. Athena's engine knows no escapes in it but the doubled quote (Trino, String literals). */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name in SQL. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
