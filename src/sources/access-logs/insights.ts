import {
  CloudWatchLogsClient,
  DescribeDeliveriesCommand,
  type DescribeDeliveriesCommandInput,
  DescribeDeliverySourcesCommand,
  type DescribeDeliverySourcesCommandInput,
  GetDeliveryDestinationCommand,
  type GetDeliveryDestinationCommandInput,
  GetQueryResultsCommand,
  type GetQueryResultsCommandInput,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Input } from "../../model/question.ts";
import type { Span } from "../../model/time.ts";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Sendable, type Settings } from "../aws/source.ts";
import { quote, Told } from "../failure.ts";
import { field, held, items, name } from "../parse.ts";
import * as z from "../zod.ts";
import { halved, minutesOf, QUERY_LIMIT, queryOf, type Stretch } from "./insights-query.ts";
import { ended, pagesOf, STOPPING } from "./queried.ts";
import type { Log } from "./questions.ts";
import { lineOf, recordOf } from "./records.ts";
import { WORDS } from "./words.ts";

const ASKED = { source: "access-logs", name: "CloudWatch Logs" } as const;
/** As a delivery source names each log of an Application Load Balancer (CloudWatch Logs API, PutDeliverySource). */
const LOG_TYPES: { readonly [log in Log]: string } = {
  requests: "ALB_ACCESS_LOGS",
  connections: "ALB_CONNECTION_LOGS",
  checks: "ALB_HEALTH_CHECK_LOGS",
};

const natural = z.int().check(z.nonnegative());
const source = z.object({ name, logType: name, resourceArns: z.array(name) });
const delivery = z.object({ deliverySourceName: name, deliveryDestinationArn: name, deliveryDestinationType: name });
const destination = z.object({
  deliveryDestination: z.object({ deliveryDestinationConfiguration: z.object({ destinationResourceArn: name }) }),
});
const started = z.object({ queryId: name });
const results = z.object({
  status: name,
  results: z.optional(z.array(z.array(z.object({ field: z.optional(z.string()), value: z.optional(z.string()) })))),
  statistics: z.optional(z.object({ bytesScanned: z.optional(z.number()), recordsMatched: z.optional(natural) })),
  more: z.optional(z.string()),
});
type Results = z.infer<typeof results>;

interface Querying {
  readonly signal: AbortSignal;
  /** Is given each line of the log. */
  readonly take: (line: string) => void;
}

/** What is read: a log of the load balancer "app/name/id", in the log group with this ARN. */
interface LogGroup {
  readonly log: Log;
  readonly id: string;
  readonly group: string;
}

/** The log group to which a load balancer's log is delivered, read by CloudWatch Logs Insights. */
export class LogInsights extends AwsSource<CloudWatchLogsClient> {
  /** Bytes scanned so far. */
  bytes = 0;

  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: ASKED,
        id: "cloudwatch_logs",
        token: ["nextToken", "nextToken"],
        connect: (settings) => new CloudWatchLogsClient(settings),
        send,
      },
      options,
      credentials,
    );
  }

  /** The ARN of the log group to which a log is delivered; null where it is delivered to none. Throws a Told. */
  async groupOf(log: Log, loadBalancer: string): Promise<string | null> {
    const sources = await this.#listed("DescribeDeliverySources", "deliverySources", source);
    const own = sources.kept.filter(
      ({ logType, resourceArns }) => logType === LOG_TYPES[log] && resourceArns.includes(loadBalancer),
    );
    const names = new Set(own.map((one) => one.name));
    const deliveries =
      names.size === 0 ? { kept: [], flaws: [] } : await this.#listed("DescribeDeliveries", "deliveries", delivery);
    const to = deliveries.kept.find(
      (one) => names.has(one.deliverySourceName) && one.deliveryDestinationType === "CWL",
    );
    if (to === undefined) {
      // What could not be read may be the one.
      const [flaw] = [...sources.flaws, ...deliveries.flaws];
      if (flaw !== undefined) throw new Told("malformed", `it is not known where the ${WORDS[log]} goes: ${flaw}`);
      return null;
    }
    // arn:aws:logs:REGION:ACCOUNT:delivery-destination:NAME
    const called = to.deliveryDestinationArn.slice(to.deliveryDestinationArn.lastIndexOf(":") + 1);
    const [page] = await this.#pages("GetDeliveryDestination", { name: called });
    const { deliveryDestination } = held(destination, page, "the delivery destination");
    // A query takes it without the ":*" that the ARN of a log group may end with (StartQuery, logGroupIdentifiers).
    return deliveryDestination.deliveryDestinationConfiguration.destinationResourceArn.replace(/:\*$/, "");
  }

  /** Gives every line of a span to `querying.take`. Throws a Told. */
  async read({ log, id, group }: LogGroup, span: Span, querying: Querying): Promise<void> {
    const take = (message: string) => {
      const record = message.startsWith("{") ? recordOf(message) : null;
      // Access logs name their load balancer in every line; of the others only objects may do so.
      if (log === "requests" || (record?.get("elb") ?? id) === id)
        querying.take(record ? lineOf(log, record) : message.replace(/[\r\n]+$/, ""));
    };
    const waiting: Stretch[] = [minutesOf(span)];
    for (let stretch = waiting.pop(); stretch; stretch = waiting.pop()) {
      const got = await this.#messages(group, stretch, { ...querying, take });
      if (got === "all") continue;
      const parts = halved(stretch);
      if (parts === null)
        throw new Told(
          "timeout",
          `one minute of the ${WORDS[log]} has more than ${QUERY_LIMIT} lines, which a query gives at most`,
        );
      waiting.push(...parts);
    }
  }

  /** The lines of a stretch; none of them where there are more than a query gives. */
  async #messages(group: string, stretch: Stretch, querying: Querying): Promise<"all" | "too many"> {
    const { queryString, startTime, endTime } = queryOf(stretch);
    const input = { logGroupIdentifiers: [group], queryString, startTime, endTime, limit: QUERY_LIMIT };
    const [page] = await this.#pages("StartQuery", input);
    const { queryId } = held(started, page, "the query");
    const look = async () => {
      const got = await this.#results({ queryId });
      if (got.status === "Scheduled" || got.status === "Running") return null;
      const kind = got.status === "Timeout" ? "timeout" : "malformed";
      if (got.status !== "Complete") throw new Told(kind, `the query of CloudWatch Logs ended as ${quote(got.status)}`);
      return got;
    };
    const first = await ended({ look, stop: () => this.#stop(queryId) }, querying.signal);
    this.bytes += first.statistics?.bytesScanned ?? 0;
    const matched = first.statistics?.recordsMatched;
    // Without it nobody knows whether these are all.
    if (matched === undefined) throw new Told("malformed", "CloudWatch Logs did not say how many lines it found");
    if (matched > QUERY_LIMIT) return "too many";
    let rows = 0;
    for (let page: Results = first; ; page = await this.#results({ queryId, nextToken: page.more ?? "" })) {
      querying.signal.throwIfAborted();
      for (const row of page.results ?? []) {
        rows += 1;
        querying.take(row.find((one) => one.field === "@message")?.value ?? "");
      }
      if (page.more === undefined) break;
    }
    if (rows < matched) throw new Told("malformed", `CloudWatch Logs gave ${rows} of ${matched} lines`);
    return "all";
  }

  async #results(input: Input): Promise<Results> {
    const [page] = await this.#pages("GetQueryResults", input);
    return held(results, page, "the results of the query");
  }

  async #listed<T>(operation: string, key: string, schema: z.ZodMiniType<T>) {
    const pages = await this.#pages(operation, {});
    const found = pages.map((page) => {
      const list = field(page, key);
      return Array.isArray(list) ? items(schema, list, key) : { kept: [], flaws: [`the answer has no list ${key}`] };
    });
    return { kept: found.flatMap(({ kept }) => kept), flaws: found.flatMap(({ flaws }) => flaws) };
  }

  async #pages(operation: string, input: Input): Promise<readonly unknown[]> {
    return pagesOf(await this.ask({ source: ASKED.source, operation, input }));
  }

  /** Not by ask(), which answers nothing any more once all is stopped. */
  async #stop(queryId: string): Promise<unknown> {
    const client = await this.client();
    return client.send(new StopQueryCommand({ queryId }), { abortSignal: AbortSignal.timeout(STOPPING) });
  }
}

async function send(client: CloudWatchLogsClient, operation: string, input: Sendable, abortSignal: AbortSignal) {
  const asked: unknown = input;
  switch (operation) {
    case "DescribeDeliverySources":
      return client.send(new DescribeDeliverySourcesCommand(asked as DescribeDeliverySourcesCommandInput), {
        abortSignal,
      });
    case "DescribeDeliveries":
      return client.send(new DescribeDeliveriesCommand(asked as DescribeDeliveriesCommandInput), { abortSignal });
    case "GetDeliveryDestination":
      return client.send(new GetDeliveryDestinationCommand(asked as GetDeliveryDestinationCommandInput), {
        abortSignal,
      });
    case "StartQuery":
      return client.send(new StartQueryCommand(asked as StartQueryCommandInput), { abortSignal });
    case "GetQueryResults": {
      // Page by page, each counted before the next is fetched: all of them may be too much at once.
      const { nextToken: more, ...page } = await client.send(
        new GetQueryResultsCommand(asked as GetQueryResultsCommandInput),
        { abortSignal },
      );
      return { ...page, more };
    }
    default:
      throw new Told("malformed", `${operation} is no question to CloudWatch Logs`);
  }
}
