import {
  DescribeInstanceHealthCommand,
  type DescribeInstanceHealthCommandInput,
  DescribeLoadBalancerAttributesCommand,
  type DescribeLoadBalancerAttributesCommandInput,
  DescribeLoadBalancersCommand,
  type DescribeLoadBalancersCommandInput,
  DescribeTagsCommand,
  type DescribeTagsCommandInput,
  ElasticLoadBalancingClient,
} from "@aws-sdk/client-elastic-load-balancing";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";

/** Answers questions about Classic Load Balancers from their own API. Every operation here reads. */
export class LiveElb extends AwsSource<ElasticLoadBalancingClient> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: { source: "elb", name: "Elastic Load Balancing (classic)" },
        id: "elastic_load_balancing",
        token: ["Marker", "NextMarker"],
        connect: (settings) => new ElasticLoadBalancingClient(settings),
        send,
      },
      options,
      credentials,
    );
  }
}

async function send(
  client: ElasticLoadBalancingClient,
  operation: string,
  input: object,
  abortSignal: AbortSignal,
): Promise<object> {
  const options = { abortSignal };
  // A question's input is the API's own input as JSON, so the types agree by construction.
  switch (operation) {
    case "DescribeLoadBalancers":
      return client.send(new DescribeLoadBalancersCommand(input as DescribeLoadBalancersCommandInput), options);
    case "DescribeLoadBalancerAttributes": {
      const wanted = input as DescribeLoadBalancerAttributesCommandInput;
      return client.send(new DescribeLoadBalancerAttributesCommand(wanted), options);
    }
    case "DescribeInstanceHealth":
      return client.send(new DescribeInstanceHealthCommand(input as DescribeInstanceHealthCommandInput), options);
    case "DescribeTags":
      return client.send(new DescribeTagsCommand(input as DescribeTagsCommandInput), options);
    default:
      throw new Told("malformed", `${operation} is not a classic Elastic Load Balancing operation that lbdoctor uses`);
  }
}
