import { CloudTrailClient, LookupEventsCommand, type LookupEventsCommandInput } from "@aws-sdk/client-cloudtrail";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Sendable, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";

/** Requests a second, of one account and region (API reference, LookupEvents). */
const PER_SECOND = 2;
/** Pages of 50 of one lookup: 6 seconds at that rate. What is older than the newest 600 events of a kind is told as not read. */
const PAGES = 12;

/** Answers questions from CloudTrail's event history itself. Its only operation here reads. */
export class LiveCloudTrail extends AwsSource<CloudTrailClient> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: { source: "cloudtrail", name: "CloudTrail" },
        id: "cloudtrail",
        perSecond: { LookupEvents: PER_SECOND },
        token: ["NextToken", "NextToken"],
        connect: (settings) => new CloudTrailClient(settings),
        send,
      },
      { ...options, limits: { ...options.limits, pages: Math.min(PAGES, options.limits.pages) } },
      credentials,
    );
  }
}

async function send(
  client: CloudTrailClient,
  operation: string,
  input: Sendable,
  abortSignal: AbortSignal,
): Promise<object> {
  if (operation !== "LookupEvents")
    throw new Told("malformed", `${operation} is not a CloudTrail operation that lbdoctor uses`);
  // In place: the base knows the input again by its identity.
  for (const time of ["StartTime", "EndTime"]) if (typeof input[time] === "string") input[time] = new Date(input[time]);
  // A question's input is the API's own input as JSON, so the types agree by construction.
  return client.send(new LookupEventsCommand(input as LookupEventsCommandInput), { abortSignal });
}
