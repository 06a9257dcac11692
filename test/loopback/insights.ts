import { ApiError, type Failing, startJsonApi } from "./json-api.ts";

/** An event of a log group: milliseconds, and its message. */
export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

export interface LogGroups {
  /** By ARN. */
  readonly groups: { readonly [arn: string]: readonly LogEvent[] };
  /** What load balancers deliver: their ARN, the type of the log, and the ARN of its log group. */
  readonly deliveries: readonly (readonly [resource: string, logType: string, group: string])[];
  /** Rows of one page of an answer. */
  readonly page?: number;
  /** Rows of an answer; what is asked for where it is absent. */
  readonly most?: number;
  /** Answers without statistics. */
  readonly uncounted?: boolean;
  /** A query that begins never ends. */
  readonly hangs?: boolean;
  readonly failing?: Failing;
}

/** The part of the query language that lbdoctor writes: `fields @message | filter A [or B]`, A and B (not) like /…/. */
function matcherOf(query: string): (message: string) => boolean {
  const [fields, filter, ...more] = query.split(/ \| (?=filter )/);
  if (fields !== "fields @message" || !filter || more.length > 0) throw new ApiError("MalformedQueryException", query);
  const terms = filter.slice("filter ".length).split(/ or (?=@message )/);
  const tests = terms.map((term) => {
    const [, not, pattern] = /^@message (not )?like \/(.*)\/$/.exec(term) ?? [];
    if (pattern === undefined) throw new ApiError("MalformedQueryException", term);
    const expression = new RegExp(pattern);
    return (message: string) => expression.test(message) !== (not !== undefined);
  });
  return (message) => tests.some((test) => test(message));
}

interface Started {
  readonly rows: readonly string[];
  readonly matched: number;
  readonly bytes: number;
  looks: number;
}

/** CloudWatch Logs on loopback, with deliveries and Logs Insights; gives the operations that came. */
export async function startInsights({
  groups,
  deliveries,
  page = 10_000,
  most,
  uncounted,
  hangs = false,
  failing,
}: LogGroups) {
  const queries: Started[] = [];
  return startJsonApi(
    {
      // Two a page, as if there were many.
      DescribeDeliverySources: ({ nextToken = "0" }: { nextToken?: string }) => {
        const from = Number(nextToken);
        const deliverySources = deliveries.slice(from, from + 2).map(([resource, logType], index) => ({
          name: `source-${from + index}`,
          resourceArns: [resource],
          service: "elasticloadbalancing",
          logType,
        }));
        return { deliverySources, ...(from + 2 < deliveries.length && { nextToken: String(from + 2) }) };
      },
      DescribeDeliveries: () => ({
        deliveries: deliveries.flatMap((_, index) => [
          {
            deliverySourceName: `source-${index}`,
            deliveryDestinationArn: "arn:aws:logs:x:1:delivery-destination:to-s3",
            deliveryDestinationType: "S3",
          },
          {
            deliverySourceName: `source-${index}`,
            deliveryDestinationArn: `arn:aws:logs:x:1:delivery-destination:to-${index}`,
            deliveryDestinationType: "CWL",
          },
        ]),
      }),
      GetDeliveryDestination: ({ name }: { name: string }) => ({
        deliveryDestination: {
          name,
          deliveryDestinationConfiguration: {
            destinationResourceArn: `${deliveries[Number(name.replace("to-", ""))]?.[2]}:*`,
          },
        },
      }),
      StartQuery: (input: {
        logGroupIdentifiers: string[];
        queryString: string;
        startTime: number;
        endTime: number;
        limit: number;
      }) => {
        const events = groups[input.logGroupIdentifiers[0] ?? ""];
        if (!events) throw new ApiError("ResourceNotFoundException", "The specified log group does not exist.");
        // Both ends are part of the range.
        const scanned = events.filter(
          ({ timestamp }) => timestamp >= input.startTime * 1000 && timestamp <= input.endTime * 1000,
        );
        const matches = matcherOf(input.queryString);
        const matching = scanned.filter(({ message }) => matches(message)).map(({ message }) => message);
        const rows = matching.slice(0, Math.min(input.limit, most ?? input.limit));
        const bytes = scanned.reduce((sum, { message }) => sum + message.length, 0);
        queries.push({ rows, matched: matching.length, bytes, looks: 0 });
        return { queryId: `query-${queries.length - 1}` };
      },
      GetQueryResults: ({ queryId, nextToken = "0" }: { queryId: string; nextToken?: string }) => {
        const query = queries[Number(queryId.slice("query-".length))];
        if (!query) throw new ApiError("ResourceNotFoundException", queryId);
        query.looks += 1;
        if (hangs || query.looks === 1) return { status: query.looks === 1 ? "Scheduled" : "Running", results: [] };
        const from = Number(nextToken);
        const results = query.rows.slice(from, from + page).map((message, row) => [
          { field: "@message", value: message },
          { field: "@ptr", value: String(row) },
        ]);
        const statistics = { recordsMatched: query.matched, recordsScanned: query.matched, bytesScanned: query.bytes };
        const more = from + page < query.rows.length;
        return {
          status: "Complete",
          results,
          ...(!uncounted && { statistics }),
          ...(more && { nextToken: String(from + page) }),
        };
      },
      StopQuery: () => ({ success: true }),
    },
    failing,
  );
}
