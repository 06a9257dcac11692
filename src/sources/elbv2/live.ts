import {
  DescribeListenersCommand,
  type DescribeListenersCommandInput,
  DescribeLoadBalancerAttributesCommand,
  type DescribeLoadBalancerAttributesCommandInput,
  DescribeLoadBalancersCommand,
  type DescribeLoadBalancersCommandInput,
  DescribeRulesCommand,
  type DescribeRulesCommandInput,
  DescribeTagsCommand,
  type DescribeTagsCommandInput,
  DescribeTargetGroupAttributesCommand,
  type DescribeTargetGroupAttributesCommandInput,
  DescribeTargetGroupsCommand,
  type DescribeTargetGroupsCommandInput,
  DescribeTargetHealthCommand,
  type DescribeTargetHealthCommandInput,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Answer, Question } from "../../model/question.ts";
import { type AwsOptions, awsFailure, clientSettings, guard, rawPage } from "../aws.ts";
import { Told } from "../failure.ts";
import { readPages } from "../paging.ts";
import type { Source } from "../port.ts";
import { Lane } from "../rate.ts";

const ASKED = { source: "elbv2", name: "Elastic Load Balancing" } as const;
/** Enough that no question of a step waits for another; its rates are not published. */
const AT_ONCE = 8;

/** Answers questions from Elastic Load Balancing v2 itself. Every operation here reads. */
export class LiveElbv2 implements Source {
  readonly #options: AwsOptions;
  readonly #client: ElasticLoadBalancingV2Client;
  readonly #lane = new Lane(AT_ONCE);

  constructor(options: AwsOptions, credentials?: ElasticLoadBalancingV2Client["config"]["credentials"]) {
    this.#options = options;
    this.#client = new ElasticLoadBalancingV2Client({
      ...clientSettings(options),
      ...(credentials && { credentials }),
    });
    this.#client.middlewareStack.add(
      (next) => async (request) => {
        const result = await next(request);
        guard(result.response, "elbv2", ASKED.name, options);
        return result;
      },
      { step: "deserialize", priority: "low", name: "guard" },
    );
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
          const output = await this.#send(
            operation,
            { ...input, ...(token !== undefined && { Marker: token }) },
            signal,
          );
          const page = rawPage(output);
          return {
            page,
            next: typeof page.NextMarker === "string" && page.NextMarker !== "" ? page.NextMarker : undefined,
          };
        },
      }),
    );
  }

  async #send(operation: string, input: object, abortSignal: AbortSignal): Promise<object> {
    const client = this.#client;
    const options = { abortSignal };
    // A question's input is the API's own input as JSON, so the types agree by construction.
    switch (operation) {
      case "DescribeLoadBalancers":
        return client.send(new DescribeLoadBalancersCommand(input as DescribeLoadBalancersCommandInput), options);
      case "DescribeLoadBalancerAttributes": {
        const wanted = input as DescribeLoadBalancerAttributesCommandInput;
        return client.send(new DescribeLoadBalancerAttributesCommand(wanted), options);
      }
      case "DescribeListeners":
        return client.send(new DescribeListenersCommand(input as DescribeListenersCommandInput), options);
      case "DescribeRules":
        return client.send(new DescribeRulesCommand(input as DescribeRulesCommandInput), options);
      case "DescribeTargetGroups":
        return client.send(new DescribeTargetGroupsCommand(input as DescribeTargetGroupsCommandInput), options);
      case "DescribeTargetGroupAttributes": {
        const wanted = input as DescribeTargetGroupAttributesCommandInput;
        return client.send(new DescribeTargetGroupAttributesCommand(wanted), options);
      }
      case "DescribeTargetHealth":
        return client.send(new DescribeTargetHealthCommand(input as DescribeTargetHealthCommandInput), options);
      case "DescribeTags":
        return client.send(new DescribeTagsCommand(input as DescribeTagsCommandInput), options);
      default:
        throw new Told("malformed", `${operation} is no operation of Elastic Load Balancing that lbdoctor asks`);
    }
  }
}
