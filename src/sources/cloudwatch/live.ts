import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
} from "@aws-sdk/client-cloudwatch";
import type { Answer, Input, Question } from "../../model/question.ts";
import { type AwsOptions, awsFailure, clientSettings, guard, rawPage } from "../aws.ts";
import { Told } from "../failure.ts";
import { readPages } from "../paging.ts";
import type { Source } from "../port.ts";
import { Lane } from "../rate.ts";

const ASKED = { source: "cloudwatch", name: "CloudWatch" } as const;
const AT_ONCE = 8;
/** Requests a second of one account and region (CloudWatch service quotas). GetMetricData's 500 are out of reach. */
const PER_SECOND = { DescribeAlarms: 9, DescribeAlarmHistory: 20 };
/** Members that are times: ISO 8601 in a question, Dates for the SDK. */
const TIMES = ["StartDate", "EndDate", "StartTime", "EndTime"];

/** Answers questions from CloudWatch itself. Every operation here reads. */
export class LiveCloudWatch implements Source {
  readonly #options: AwsOptions;
  readonly #client: CloudWatchClient;
  readonly #lane = new Lane(AT_ONCE, PER_SECOND);

  constructor(options: AwsOptions, credentials?: CloudWatchClient["config"]["credentials"]) {
    this.#options = options;
    this.#client = new CloudWatchClient({ ...clientSettings(options), ...(credentials && { credentials }) });
    this.#client.middlewareStack.add(
      (next) => async (request) => {
        const result = await next(request);
        guard(result.response, "cloudwatch", ASKED.name, options);
        return result;
      },
      { step: "deserialize", priority: "low", name: "guard" },
    );
  }

  /** The credentials, resolved once for every client that is given them. */
  get credentials(): CloudWatchClient["config"]["credentials"] {
    return this.#client.config.credentials;
  }

  region(): Promise<string> {
    return this.#client.config.region();
  }

  ask({ operation, input }: Question): Promise<Answer> {
    const { limits, stop } = this.#options;
    return this.#lane.run(() =>
      readPages({
        limits,
        stop,
        asked: ASKED,
        explain: (error) => awsFailure(error, ASKED),
        read: async (token, signal) => {
          await this.#lane.begin(operation, signal);
          const output = await this.#send(operation, withToken(input, token), signal);
          return { page: rawPage(output), next: output.NextToken || undefined };
        },
      }),
    );
  }

  async #send(operation: string, input: object, abortSignal: AbortSignal): Promise<{ NextToken?: string | undefined }> {
    // A question's input is the API's own input as JSON, so the types agree by construction.
    switch (operation) {
      case "DescribeAlarms":
        return this.#client.send(new DescribeAlarmsCommand(input as DescribeAlarmsCommandInput), { abortSignal });
      case "DescribeAlarmHistory":
        return this.#client.send(new DescribeAlarmHistoryCommand(input as DescribeAlarmHistoryCommandInput), {
          abortSignal,
        });
      case "GetMetricData": {
        const metrics = input as GetMetricDataCommandInput;
        this.#options.tally.metrics += metrics.MetricDataQueries?.length ?? 0;
        return this.#client.send(new GetMetricDataCommand(metrics), { abortSignal });
      }
      default:
        throw new Told("malformed", `${operation} is no operation of CloudWatch that lbdoctor asks`);
    }
  }
}

function withToken(input: Input, token: string | undefined): object {
  const times = TIMES.flatMap((name) => (typeof input[name] === "string" ? [[name, new Date(input[name])]] : []));
  return { ...input, ...Object.fromEntries(times), ...(token !== undefined && { NextToken: token }) };
}
