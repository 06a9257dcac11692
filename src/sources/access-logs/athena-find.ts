import { Told } from "../failure.ts";
import { lackingColumns, type Table } from "./athena-sql.ts";
import type { Log } from "./questions.ts";
import { inWords, type TableName } from "./table-name.ts";
import { WORDS } from "./words.ts";

/** A table of the catalog. */
export interface Placed {
  readonly name: TableName;
  readonly table: Table;
}

/**
 * The one table with the columns of a log whose files lie in this folder, or in one above it. Throws a Told where
 * there is none, and where there are several: which of them is meant nobody can know, and each query is paid for.
 */
export function tableAt(log: Log, tables: readonly Placed[], folder: string): TableName {
  const there = tables.filter(({ table }) => holds(table, folder));
  const whole = there.filter(({ table }) => lackingColumns(log, table).length === 0);
  const names = (all: readonly Placed[]) => all.map(({ name }) => inWords(name)).sort();
  const [only, ...more] = whole;
  if (only !== undefined && more.length === 0) return only.name;
  if (only !== undefined)
    throw new Told(
      "malformed",
      `Athena has several tables of the ${WORDS[log]} in ${folder}: ${names(whole).join(", ")}; name one with --athena`,
    );
  const others = there.length === 0 ? "" : ` (${names(there).join(", ")} lacks columns of it)`;
  throw new Told(
    "malformed",
    `Athena has no table of the ${WORDS[log]} in ${folder}${others}: \`lbdoctor explain access-log\` has the statement that makes one, and without --allow athena the files themselves are read`,
  );
}

/**
 * Where a table's files lie: LOCATION, which the catalog tells as a parameter (AWS CLI, athena list-table-metadata,
 * examples); with partition projection they are looked for where its template says (Athena User Guide, Partition
 * projection, Specifying custom S3 storage locations).
 */
function holds({ parameters }: Table, folder: string): boolean {
  const isProjected = parameters["projection.enabled"]?.toLowerCase() === "true";
  const template = isProjected ? parameters["storage.location.template"] : undefined;
  // What stands before the first variable, up to its folder.
  const location = (template ?? parameters.location ?? "").replace(/[^/]*\$\{.*$/, "").replace(/^s3[an]:/, "s3:");
  return location.startsWith("s3://") && `${folder}/`.startsWith(`${location.replace(/\/+$/, "")}/`);
}
