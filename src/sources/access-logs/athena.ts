import {
  AthenaClient,
  GetQueryExecutionCommand,
  type GetQueryExecutionCommandInput,
  GetQueryResultsCommand,
  type GetQueryResultsCommandInput,
  GetTableMetadataCommand,
  type GetTableMetadataCommandInput,
  ListDatabasesCommand,
  type ListDatabasesCommandInput,
  ListTableMetadataCommand,
  type ListTableMetadataCommandInput,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import type { Input } from "../../model/question.ts";
import type { Span } from "../../model/time.ts";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Sendable, type Settings } from "../aws/source.ts";
import { saying, Told } from "../failure.ts";
import { field, held, items, name, stringsOrNone } from "../parse.ts";
import * as z from "../zod.ts";
import { CountedRows } from "./athena-answer.ts";
import { type Placed, tableAt } from "./athena-find.ts";
import { countLines, lackingColumns, MOST_ROWS, type Table } from "./athena-sql.ts";
import { ended, pagesOf, STOPPING } from "./queried.ts";
import type { Log } from "./questions.ts";
import { CATALOG, inWords, type TableName } from "./table-name.ts";

const ASKED = { source: "access-logs", name: "Amazon Athena" } as const;

const column = z.object({ Name: name, Type: z.optional(name) });
const described = z.object({
  Columns: z.optional(z.array(column)),
  PartitionKeys: z.optional(z.array(column)),
  Parameters: stringsOrNone,
});
const metadata = z.object({ TableMetadata: described });
const database = z.object({ Name: name });
const listed = z.extend(described, { Name: name });
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
/** Databases and tables of one page (Athena API, ListDatabases and ListTableMetadata). */
const LISTED = 50;
/** Databases whose tables are looked through; who has more of them knows which one it is. */
const MOST_DATABASES = 200;

/** Tables that somebody has made of a load balancer's access log. They are only read: by SELECT, and nothing else is sent. */
export class Athena extends AwsSource<AthenaClient> {
  readonly #workgroup: { readonly WorkGroup?: string };
  /** Bytes scanned so far. */
  bytes = 0;

  /** `workgroup`: in which queries run; undefined is "primary". */
  constructor(workgroup: string | undefined, options: AwsOptions, credentials?: Settings["credentials"]) {
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
    this.#workgroup = workgroup === undefined ? {} : { WorkGroup: workgroup };
  }

  /** The one table with the columns of a log whose files lie in this folder, "s3://…". Throws a Told. */
  async find(log: Log, folder: string): Promise<TableName> {
    const from = { CatalogName: CATALOG, ...this.#workgroup, MaxResults: LISTED };
    const databases = await this.#listed("ListDatabases", from, "DatabaseList", database);
    if (databases.length > MOST_DATABASES)
      throw new Told(
        "malformed",
        `Athena has more than ${MOST_DATABASES} databases to look for the access log's table in: name it with --athena`,
      );
    const all = databases.map(async ({ Name: DatabaseName }): Promise<Placed[]> => {
      const input = { ...from, DatabaseName };
      const tables = await this.#listed("ListTableMetadata", input, "TableMetadataList", listed);
      return tables.map((one) => ({
        name: { catalog: CATALOG, database: DatabaseName, table: one.Name },
        table: tableOf(one),
      }));
    });
    return tableAt(log, (await Promise.all(all)).flat(), folder);
  }

  /** Counts the lines of the spans in a table. Throws a Told. */
  async read(
    log: Log,
    name: TableName,
    loadBalancer: string,
    spans: readonly Span[],
    signal: AbortSignal,
  ): Promise<CountedRows> {
    const words = inWords(name);
    const table = await this.#table(log, name);
    const sql = countLines(log, name, table, loadBalancer, spans);
    if (sql === null)
      throw new Told(
        "malformed",
        `the table ${words} has no partitions by day (a key day, or year, month and day), so that all of it would be scanned`,
      );
    const QueryExecutionId = await this.#begun(name, sql);
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
      throw new Told(kind, `the query of ${words} ended as ${State}${saying(StateChangeReason)}`);
    };
    await ended({ look, stop: () => this.#stop(QueryExecutionId) }, signal);
    return this.#counted(log, QueryExecutionId, words, signal);
  }

  async #begun({ catalog, database }: TableName, sql: string): Promise<string> {
    const input = {
      QueryString: sql,
      QueryExecutionContext: { Catalog: catalog, Database: database },
      ...this.#workgroup,
    };
    const answer = await this.ask({ source: ASKED.source, operation: "StartQueryExecution", input });
    // InvalidRequestException: "No output location provided. …"
    if (answer.status === "failed" && /output ?location/i.test(answer.failure.message)) {
      const { WorkGroup = "primary" } = this.#workgroup;
      throw new Told(
        "malformed",
        `the Athena workgroup ${WorkGroup} has no place for results: give it a query result location or managed query results, or name another with --athena-workgroup`,
      );
    }
    return held(started, pagesOf(answer)[0], "the query").QueryExecutionId;
  }

  async #table(log: Log, name: TableName): Promise<Table> {
    const { catalog, database, table } = name;
    const words = inWords(name);
    const answer = await this.ask({
      source: ASKED.source,
      operation: "GetTableMetadata",
      input: { CatalogName: catalog, DatabaseName: database, TableName: table, ...this.#workgroup },
    });
    // MetadataException and InvalidRequestException are how Athena says that there is no such table or database.
    if (answer.status === "failed" && /EntityNotFound|not found/i.test(answer.failure.message))
      throw new Told("malformed", `Athena knows no table ${words}`);
    const [page] = pagesOf(answer);
    const found = tableOf(held(metadata, page, "the table").TableMetadata);
    const lacking = lackingColumns(log, found);
    if (lacking.length > 0) throw new Told("malformed", `the table ${words} lacks ${lacking.join(", ")}`);
    return found;
  }

  async #listed<T>(operation: string, input: Input, key: string, schema: z.ZodMiniType<T>): Promise<T[]> {
    const pages = pagesOf(await this.ask({ source: ASKED.source, operation, input }));
    const found = pages.map((page) => items(schema, field(page, key), key));
    const [flaw] = found.flatMap(({ flaws }) => flaws);
    // What could not be read may be the one, or a second one.
    if (flaw !== undefined) throw new Told("malformed", `it is not known which tables Athena has: ${flaw}`);
    return found.flatMap(({ kept }) => kept);
  }

  async #counted(log: Log, QueryExecutionId: string, words: string, signal: AbortSignal): Promise<CountedRows> {
    const counted = new CountedRows(log);
    let token: string | undefined;
    do {
      signal.throwIfAborted();
      const input: Input = { QueryExecutionId, MaxResults: PAGE, ...(token !== undefined && { NextToken: token }) };
      const { ResultSet, More } = held(results, await this.#page("GetQueryResults", input), "the rows");
      // The first row of the first page is the names of the columns.
      for (const { Data = [] } of token === undefined ? ResultSet.Rows.slice(1) : ResultSet.Rows)
        counted.add(Data.map(({ VarCharValue }) => VarCharValue ?? ""));
      if (counted.rowsRead > MOST_ROWS)
        throw new Told("malformed", `the answer of ${words} has more than ${MOST_ROWS} rows`);
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

function tableOf({ Columns = [], PartitionKeys = [], Parameters }: z.infer<typeof described>): Table {
  const columns = (all: readonly z.infer<typeof column>[]) =>
    all.map(({ Name, Type }) => ({ name: Name, type: Type ?? "string" }));
  return { columns: columns(Columns), keys: columns(PartitionKeys), parameters: Parameters };
}

async function send(client: AthenaClient, operation: string, input: Sendable, abortSignal: AbortSignal) {
  const asked: unknown = input;
  switch (operation) {
    case "ListDatabases":
      return client.send(new ListDatabasesCommand(asked as ListDatabasesCommandInput), { abortSignal });
    case "ListTableMetadata":
      return client.send(new ListTableMetadataCommand(asked as ListTableMetadataCommandInput), { abortSignal });
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
