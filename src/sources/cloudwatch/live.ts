import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
} from "@aws-sdk/client-cloudwatch";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Sendable, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";

/** Members that are times: ISO 8601 in a question, Dates for the SDK. */
const TIMES = ["StartDate", "EndDate", "StartTime", "EndTime"];

/** Answers questions from CloudWatch itself. Every operation here reads. */
export class LiveCloudWatch extends AwsSource<CloudWatchClient> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: { source: "cloudwatch", name: "CloudWatch" },
        id: "cloudwatch",
        // Of one account and region (CloudWatch service quotas). GetMetricData's 500 are out of reach.
        perSecond: { DescribeAlarms: 9, DescribeAlarmHistory: 20 },
        token: ["NextToken", "NextToken"],
        connect: (settings) => new CloudWatchClient(settings),
        send: async (client, operation, input, abortSignal) => {
          if (Array.isArray(input.MetricDataQueries)) options.tally.bill("cloudwatch", input.MetricDataQueries.length);
          return send(client, operation, withDates(input), abortSignal);
        },
      },
      options,
      credentials,
    );
  }

  /** The same account's CloudWatch in another region, with the login that this one has. */
  inRegion(region: string): LiveCloudWatch {
    return new LiveCloudWatch({ ...this.options, region }, this.credentials);
  }

  /** The credentials, resolved once for every client that is given them. */
  get credentials(): Settings["credentials"] {
    return async (...properties) => (await this.client()).config.credentials(...properties);
  }

  async region(): Promise<string> {
    return (await this.client()).config.region();
  }
}

function send(client: CloudWatchClient, operation: string, input: object, abortSignal: AbortSignal): Promise<object> {
  // A question's input is the API's own input as JSON, so the types agree by construction.
  switch (operation) {
    case "DescribeAlarms":
      return client.send(new DescribeAlarmsCommand(input as DescribeAlarmsCommandInput), { abortSignal });
    case "DescribeAlarmHistory":
      return client.send(new DescribeAlarmHistoryCommand(input as DescribeAlarmHistoryCommandInput), { abortSignal });
    case "GetMetricData":
      return client.send(new GetMetricDataCommand(input as GetMetricDataCommandInput), { abortSignal });
    default:
      throw new Told("malformed", `${operation} is not a CloudWatch operation that lbdoctor uses`);
  }
}

/** In place: the base knows the input again by its identity. */
function withDates(input: Sendable): object {
  for (const name of TIMES) if (typeof input[name] === "string") input[name] = new Date(input[name]);
  return input;
}
