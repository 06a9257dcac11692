import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { onTestFinished } from "vitest";

/** A database in memory; it ends with the test. */
export async function duckdb(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  return connection;
}

/** A cell as Athena writes it: fractions as Java does. */
function cell(value: DuckDBValue): string | null {
  if (value === null) return null;
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** Where the two dialects differ: Trino's regexp_replace() replaces all, and regexp_like() has another name. */
const MACROS = `CREATE MACRO all_replaced(s, p, r) AS regexp_replace(s, p, r, 'g');
CREATE MACRO regexp_like(s, p) AS regexp_matches(s, p);`;

/** Runs a statement of Athena's; integers come as such. */
export async function runSql(connection: DuckDBConnection, sql: string) {
  const reader = await connection.runAndReadAll(sql.replaceAll("regexp_replace(", "all_replaced("));
  const integers = new Set(reader.columnTypes().flatMap((type, at) => (/INT/.test(type.toString()) ? [at] : [])));
  const rows = reader
    .getRows()
    .map((row) => row.map((value, at) => (integers.has(at) && value !== null ? String(value) : cell(value))));
  return { columns: reader.columnNames(), rows };
}

/** What of a statement that creates a table Athena uses to read files: see readableTable(). */
export interface Created {
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly pattern: string;
}

/** The parts of a CREATE EXTERNAL TABLE with the RegexSerDe. */
export function createdBy(statement: string): Created {
  const [, columns = ""] = /^CREATE EXTERNAL TABLE \w+ \(([^)]*)\)/.exec(statement) ?? [];
  const [, pattern = ""] = /'input\.regex' = '((?:\\.|[^'\\])*)'/.exec(statement) ?? [];
  return {
    columns: columns.split(",").map((one) => {
      const [name = "", type = ""] = one.trim().split(" ");
      return [name, type] as const;
    }),
    // Hive takes the backslash of a text away.
    pattern: pattern.replace(/\\(.)/g, "$1"),
  };
}

/**
 * The table as Athena has it: each line by the pattern of the RegexSerDe, which must fit all of it; a line that it does not
 * fit is NULL in every column. `lines`: with the day of the folder in which each lies, and the file's path, Athena's own
 * column.
 */
export async function makeTable(
  connection: DuckDBConnection,
  name: string,
  { columns, pattern }: Created,
  lines: readonly (readonly [line: string, day: string, path?: string])[],
): Promise<void> {
  await connection.run(`ATTACH ':memory:' AS "AwsDataCatalog"`);
  await connection.run(`CREATE SCHEMA "AwsDataCatalog".logs`);
  await connection.run(MACROS);
  await connection.run("CREATE TABLE raw (line VARCHAR, day VARCHAR, path VARCHAR)");
  for (const [line, day, path = ""] of lines)
    await connection.run("INSERT INTO raw VALUES ($1, $2, $3)", [line, day, path]);
  const types: { readonly [hive: string]: string } = {
    string: "VARCHAR",
    double: "DOUBLE",
    int: "INTEGER",
    bigint: "BIGINT",
  };
  const whole = `^(?:${pattern})$`.replaceAll("'", "''");
  const names = columns.map(([column]) => `'${column}'`).join(", ");
  const groups = `SELECT day, path, CASE WHEN regexp_full_match(line, '${whole}') THEN regexp_extract(line, '${whole}', [${names}, 'rest']) END AS g FROM raw`;
  const selected = columns.map(([column, type]) => `TRY_CAST(g."${column}" AS ${types[type]}) AS "${column}"`);
  await connection.run(
    `CREATE TABLE "AwsDataCatalog".logs."${name}" AS SELECT ${selected.join(", ")}, day, path AS "$path" FROM (${groups})`,
  );
}
