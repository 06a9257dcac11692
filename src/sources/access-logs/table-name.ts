/** A table of Athena: "catalog.database.table", of which the first parts may be left out. */
export interface TableName {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
}

/** The catalog that every account has, whose tables AWS Glue keeps. */
export const CATALOG = "AwsDataCatalog";

/** "database.table" */
export function inWords({ database, table }: TableName): string {
  return `${database}.${table}`;
}

/** Whether a workgroup may be called so (Athena API, StartQueryExecution, WorkGroup). */
export function isWorkgroup(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,128}$/.test(text);
}

/** Null where it is no name of a table. Letters, digits, "_" and "-": Athena knows no others but in quotes. */
export function tableName(text: string): TableName | null {
  const parts = text.split(".");
  if (parts.length > 3 || !parts.every((part) => /^[A-Za-z0-9_-]{1,255}$/.test(part))) return null;
  const [table = "", database = "default", catalog = CATALOG] = parts.reverse();
  return { catalog, database, table };
}
