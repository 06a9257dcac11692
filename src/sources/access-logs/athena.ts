import {
  AthenaClient,
  GetQueryExecutionCommand,
  type GetQueryExecutionCommandInput,
  GetQueryResultsCommand,
  type GetQueryResultsCommandInput,
  GetTableMetadataCommand,
  type GetTableMetadataCommandInput,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import type { Input } from "../../model/question.ts";
import type { Span } from "../../model/time.ts";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Sendable, type Settings } from "../aws/source.ts";
import { saying, Told } from "../failure.ts";
import { held, name, stringsOrNone } from "../parse.ts";
import * as z from "../zod.ts";
import { CountedRows } from "./athena-answer.ts";
import { countLines, lackingColumns, MOST_ROWS, type Table } from "./athena-sql.ts";
import { ended, pagesOf, STOPPING } from "./queried.ts";
import type { TableName } from "./table-name.ts";

const ASKED = { source: "access-logs", name: "Amazon Athena" } as const;

const column = z.object({ Name: name, Type: z.optional(name) });
const metadata = z.object({
  TableMetadata: z.object({
    Columns: z.optional(z.array(column)),
    PartitionKeys: z.optional(z.array(column)),
    Parameters: stringsOrNone,
  }),
});
const started = z.object({ QueryExecutionId: name });
const execution = z.object({
  QueryExecution: z.object({
    Status: z.object({ State: name, StateChangeReason: z.optional(z.string()) }),
    Statistics: z.optional(z.object({ DataScannedInBytes: z.optional(z.number()) })),
  }),
});
const results = z.object({
  ResultSet: z.object({
    Rows: z.array(z.object({ Data: z.optional(z.array(z.object({ VarCharValue: z.optional(z.string()) }))) })),
  }),
  More: z.optional(z.string()),
});
/** Rows of one page (Athena API, GetQueryResults). */
const PAGE = 1_000;

/** The table that somebody has made of a load balancer's access log. It is only read: by SELECT, and nothing else is sent. */
export class AthenaTable extends AwsSource<AthenaClient> {
  readonly #name: TableName;
  /** Bytes scanned so far. */
  bytes = 0;

  constructor(table: TableName, options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: ASKED,
        id: "athena",
        token: ["NextToken", "NextToken"],
        connect: (settings) => new AthenaClient(settings),
        send,
      },
      options,
      credentials,
    );
    this.#name = table;
  }

  /** Counts the lines of the spans. Throws a Told. */
  async read(loadBalancer: string, spans: readonly Span[], signal: AbortSignal): Promise<CountedRows> {
    const table = await this.#table();
    const sql = countLines(this.#name, table, loadBalancer, spans);
    const { catalog, database } = this.#name;
    if (sql === null)
      throw new Told(
        "malformed",
        `the table ${this.#words} has no partitions by day (a key day, or year, month and day), so that all of it would be scanned`,
      );
    const begun = await this.#page("StartQueryExecution", {
      QueryString: sql,
      QueryExecutionContext: { Catalog: catalog, Database: database },
    });
    const { QueryExecutionId } = held(started, begun, "the query");
    const look = async () => {
      const { QueryExecution } = held(
        execution,
        await this.#page("GetQueryExecution", { QueryExecutionId }),
        "the query",
      );
      const { State, StateChangeReason } = QueryExecution.Status;
      if (State === "QUEUED" || State === "RUNNING") return null;
      // What a query scanned until it failed is billed too.
      this.bytes += QueryExecution.Statistics?.DataScannedInBytes ?? 0;
      if (State === "SUCCEEDED") return State;
      // With its own rights it reads the files, which S3 or KMS may refuse.
      const kind = /access ?denied|not authorized|permission denied/i.test(StateChangeReason ?? "")
        ? "forbidden"
        : "malformed";
      throw new Told(kind, `the query of ${this.#words} ended as ${State}${saying(StateChangeReason)}`);
    };
    await ended({ look, stop: () => this.#stop(QueryExecutionId) }, signal);
    return this.#counted(QueryExecutionId, signal);
  }

  get #words(): string {
    const { database, table } = this.#name;
    return `${database}.${table}`;
  }

  async #table(): Promise<Table> {
    const { catalog, database, table } = this.#name;
    const answer = await this.ask({
      source: ASKED.source,
      operation: "GetTableMetadata",
      input: { CatalogName: catalog, DatabaseName: database, TableName: table },
    });
    // MetadataException and InvalidRequestException are how Athena says that there is no such table or database.
    if (answer.status === "failed" && /EntityNotFound|not found/i.test(answer.failure.message))
      throw new Told("malformed", `Athena knows no table ${this.#words}`);
    const [page] = pagesOf(answer);
    const { Columns = [], PartitionKeys = [], Parameters } = held(metadata, page, "the table").TableMetadata;
    const columns = (all: readonly z.infer<typeof column>[]) =>
      all.map(({ Name, Type }) => ({ name: Name, type: Type ?? "string" }));
    const found = { columns: columns(Columns), keys: columns(PartitionKeys), parameters: Parameters };
    const lacking = lackingColumns(found);
    if (lacking.length > 0) throw new Told("malformed", `the table ${this.#words} lacks ${lacking.join(", ")}`);
    return found;
  }

  async #counted(QueryExecutionId: string, signal: AbortSignal): Promise<CountedRows> {
    const counted = new CountedRows();
    let token: string | undefined;
    do {
      signal.throwIfAborted();
      const input: Input = { QueryExecutionId, MaxResults: PAGE, ...(token !== undefined && { NextToken: token }) };
      const { ResultSet, More } = held(results, await this.#page("GetQueryResults", input), "the rows");
      // The first row of the first page is the names of the columns.
      for (const { Data = [] } of token === undefined ? ResultSet.Rows.slice(1) : ResultSet.Rows)
        counted.add(Data.map(({ VarCharValue }) => VarCharValue ?? ""));
      if (counted.rowsRead > MOST_ROWS)
        throw new Told("malformed", `the answer of ${this.#words} has more than ${MOST_ROWS} rows`);
      token = More;
    } while (token !== undefined);
    return counted;
  }

  async #page(operation: string, input: Input): Promise<unknown> {
    return pagesOf(await this.ask({ source: ASKED.source, operation, input }))[0];
  }

  /** Not by ask(), which answers nothing any more once all is stopped. */
  async #stop(QueryExecutionId: string): Promise<unknown> {
    const client = await this.client();
    return client.send(new StopQueryExecutionCommand({ QueryExecutionId }), {
      abortSignal: AbortSignal.timeout(STOPPING),
    });
  }
}

async function send(client: AthenaClient, operation: string, input: Sendable, abortSignal: AbortSignal) {
  const asked: unknown = input;
  switch (operation) {
    case "GetTableMetadata":
      return client.send(new GetTableMetadataCommand(asked as GetTableMetadataCommandInput), { abortSignal });
    case "StartQueryExecution":
      return client.send(new StartQueryExecutionCommand(asked as StartQueryExecutionCommandInput), { abortSignal });
    case "GetQueryExecution":
      return client.send(new GetQueryExecutionCommand(asked as GetQueryExecutionCommandInput), { abortSignal });
    case "GetQueryResults": {
      // Page by page, each counted before the next is fetched: all of them may be too much at once.
      const { NextToken: More, ...page } = await client.send(
        new GetQueryResultsCommand(asked as GetQueryResultsCommandInput),
        { abortSignal },
      );
      return { ...page, More };
    }
    default:
      throw new Told("malformed", `${operation} is no question to Amazon Athena`);
  }
}
