import { ApiError, type Failing, startJsonApi } from "./json-api.ts";

/** Databases or tables of a page. */
const LISTED = 2;

export interface CatalogTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly keys: readonly (readonly [name: string, type: string])[];
  readonly parameters?: { readonly [name: string]: string };
}

export interface AthenaAnswers {
  /** What the catalog tells of a table by its name; null: there is none. */
  readonly table: CatalogTable | null;
  /** Tables by their databases, where they are listed, LISTED a page. */
  readonly databases?: { readonly [database: string]: readonly CatalogTable[] };
  /** Runs a statement; a cell is null where it is NULL. */
  readonly run: (sql: string) => Promise<{ columns: readonly string[]; rows: readonly (readonly (string | null)[])[] }>;
  readonly bytes?: number;
  readonly hangs?: boolean;
  /** Why every query fails. */
  readonly fails?: string;
  /** The workgroup that alone has a place for results; undefined: each has. */
  readonly workgroup?: string;
  readonly failing?: Failing;
}

/** Amazon Athena on loopback in front of something that runs SQL; gives the operations and statements that came. */
export async function startAthena(answering: AthenaAnswers) {
  const { table, databases = {}, run, bytes = 0, hangs = false, fails, workgroup, failing } = answering;
  const statements: string[] = [];
  const answers: { rows: readonly (readonly (string | null)[])[]; looks: number }[] = [];
  const api = await startJsonApi(
    {
      ListDatabases: ({ NextToken }: { NextToken?: string }) => {
        const { one, next } = pageOf(Object.keys(databases), NextToken);
        return { DatabaseList: one.map((Name) => ({ Name })), ...next };
      },
      ListTableMetadata: ({ DatabaseName, NextToken }: { DatabaseName: string; NextToken?: string }) => {
        const { one, next } = pageOf(databases[DatabaseName] ?? [], NextToken);
        return { TableMetadataList: one.map(metadataOf), ...next };
      },
      GetTableMetadata: ({ TableName }: { TableName: string }) => {
        const found = [table, ...Object.values(databases).flat()].find((one) => one?.name === TableName);
        if (!found)
          throw new ApiError(
            "MetadataException",
            `EntityNotFoundException: Entity Not Found (Service: AWSGlue) ${TableName}`,
          );
        return { TableMetadata: metadataOf(found) };
      },
      StartQueryExecution: async ({ QueryString, WorkGroup }: { QueryString: string; WorkGroup?: string }) => {
        if (workgroup !== undefined && WorkGroup !== workgroup)
          throw new ApiError(
            "InvalidRequestException",
            "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
          );
        statements.push(QueryString);
        const { columns, rows } = hangs || fails ? { columns: [], rows: [] } : await run(QueryString);
        answers.push({ rows: [columns, ...rows], looks: 0 });
        return { QueryExecutionId: `execution-${answers.length - 1}` };
      },
      GetQueryExecution: ({ QueryExecutionId }: { QueryExecutionId: string }) => {
        const answer = answers[Number(QueryExecutionId.slice("execution-".length))];
        if (!answer) throw new ApiError("InvalidRequestException", "no such query");
        answer.looks += 1;
        const State = answer.looks === 1 ? "QUEUED" : hangs ? "RUNNING" : fails ? "FAILED" : "SUCCEEDED";
        return {
          QueryExecution: {
            QueryExecutionId,
            Status: { State, ...(fails && { StateChangeReason: fails }) },
            Statistics: { DataScannedInBytes: bytes },
          },
        };
      },
      GetQueryResults: (input: { QueryExecutionId: string; NextToken?: string; MaxResults: number }) => {
        const answer = answers[Number(input.QueryExecutionId.slice("execution-".length))];
        const from = Number(input.NextToken ?? 0);
        const page = (answer?.rows ?? []).slice(from, from + input.MaxResults);
        const more = from + input.MaxResults < (answer?.rows.length ?? 0);
        return {
          ResultSet: {
            Rows: page.map((row) => ({ Data: row.map((cell) => (cell === null ? {} : { VarCharValue: cell })) })),
          },
          ...(more && { NextToken: String(from + input.MaxResults) }),
        };
      },
      StopQueryExecution: () => ({}),
    },
    failing,
  );
  return { ...api, statements };
}

function pageOf<T>(all: readonly T[], token = "0") {
  const at = Number(token);
  return { one: all.slice(at, at + LISTED), next: at + LISTED < all.length ? { NextToken: String(at + LISTED) } : {} };
}

function metadataOf({ name, columns, keys, parameters = {} }: CatalogTable) {
  return {
    Name: name,
    Columns: columns.map((Name) => ({ Name, Type: "string" })),
    PartitionKeys: keys.map(([Name, Type]) => ({ Name, Type })),
    Parameters: parameters,
  };
}
