import type { Consent } from "../../model/consent.ts";
import { Told } from "../failure.ts";
import type { Log } from "./questions.ts";
import { type TableName, tableName } from "./table-name.ts";
import { WORDS } from "./words.ts";

/** Where a person says that logs are, and which of the reading that costs money they agree to. */
export interface LogsGiven {
  /** A folder with log files. */
  readonly logs?: string | undefined;
  /** A table of Athena: "catalog.database.table", of which the first parts may be left out. */
  readonly athena?: string | undefined;
  /** The workgroup in which Athena's queries run, where it is not "primary". */
  readonly athenaWorkgroup?: string | undefined;
  readonly allow?: readonly Consent[] | undefined;
}

/** What reads a log. */
export type Engine =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "athena"; readonly table: TableName }
  /** In the table whose files lie where the load balancer writes them. */
  | { readonly kind: "athena-found"; readonly bucket: string }
  | { readonly kind: "s3"; readonly bucket: string }
  | { readonly kind: "insights" };

/**
 * Which engine reads a log: what somebody names or agrees to, else the objects where the load balancer writes them, else its
 * log group. The table that is named is of the access log; those of the other two are found. Throws a Told where there is none, or one that nobody has agreed to pay for.
 */
export function engineOf(log: Log, bucket: string | null, { logs, athena, allow = [] }: LogsGiven): Engine {
  if (logs !== undefined) return { kind: "folder", folder: logs };
  if (athena !== undefined && log === "requests") {
    const table = tableName(athena);
    if (table === null) throw new Told("missing", `${athena} is no name of a table in Athena, as database.table is`);
    if (!allow.includes("athena"))
      throw new Told(
        "forbidden",
        `${athena} is not queried without --allow athena: Athena bills what it scans, the table's partitions of the days of the episodes, at some 5 USD a TB`,
      );
    return { kind: "athena", table };
  }
  if (bucket !== null && allow.includes("athena")) return { kind: "athena-found", bucket };
  if (bucket !== null) return { kind: "s3", bucket };
  if (allow.includes("insights")) return { kind: "insights" };
  throw new Told("missing", `the load balancer writes no ${WORDS[log]} to S3`);
}
