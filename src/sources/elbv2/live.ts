import {
  DescribeListenerAttributesCommand,
  type DescribeListenerAttributesCommandInput,
  DescribeListenerCertificatesCommand,
  type DescribeListenerCertificatesCommandInput,
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
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";

/** Answers questions from Elastic Load Balancing v2 itself. Every operation here reads. */
export class LiveElbv2 extends AwsSource<ElasticLoadBalancingV2Client> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: { source: "elbv2", name: "Elastic Load Balancing" },
        id: "elastic_load_balancing_v2",
        token: ["Marker", "NextMarker"],
        connect: (settings) => new ElasticLoadBalancingV2Client(settings),
        send,
      },
      options,
      credentials,
    );
  }
}

async function send(
  client: ElasticLoadBalancingV2Client,
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
    case "DescribeListeners":
      return client.send(new DescribeListenersCommand(input as DescribeListenersCommandInput), options);
    case "DescribeListenerAttributes": {
      const wanted = input as DescribeListenerAttributesCommandInput;
      return client.send(new DescribeListenerAttributesCommand(wanted), options);
    }
    case "DescribeListenerCertificates": {
      const wanted = input as DescribeListenerCertificatesCommandInput;
      return client.send(new DescribeListenerCertificatesCommand(wanted), options);
    }
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
      throw new Told("malformed", `${operation} is not an Elastic Load Balancing operation that lbdoctor uses`);
  }
}
