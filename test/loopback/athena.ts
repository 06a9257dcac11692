import { ApiError, type Failing, startJsonApi } from "./json-api.ts";

export interface AthenaAnswers {
  /** What the catalog tells of its one table; null: there is none. */
  readonly table: {
    readonly name: string;
    readonly columns: readonly string[];
    readonly keys: readonly (readonly [name: string, type: string])[];
    readonly parameters?: { readonly [name: string]: string };
  } | null;
  /** Runs a statement; a cell is null where it is NULL. */
  readonly run: (sql: string) => Promise<{ columns: readonly string[]; rows: readonly (readonly (string | null)[])[] }>;
  readonly bytes?: number;
  readonly hangs?: boolean;
  /** Why every query fails. */
  readonly fails?: string;
  readonly failing?: Failing;
}

/** Amazon Athena on loopback in front of something that runs SQL; gives the operations and statements that came. */
export async function startAthena({ table, run, bytes = 0, hangs = false, fails, failing }: AthenaAnswers) {
  const statements: string[] = [];
  const answers: { rows: readonly (readonly (string | null)[])[]; looks: number }[] = [];
  const api = await startJsonApi(
    {
      GetTableMetadata: ({ TableName }: { TableName: string }) => {
        if (table?.name !== TableName)
          throw new ApiError(
            "MetadataException",
            `EntityNotFoundException: Entity Not Found (Service: AWSGlue) ${TableName}`,
          );
        return {
          TableMetadata: {
            Name: TableName,
            Columns: table.columns.map((Name) => ({ Name, Type: "string" })),
            PartitionKeys: table.keys.map(([Name, Type]) => ({ Name, Type })),
            Parameters: table.parameters ?? {},
          },
        };
      },
      StartQueryExecution: async ({ QueryString }: { QueryString: string }) => {
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
