import {
  DescribeNetworkAclsCommand,
  type DescribeNetworkAclsCommandInput,
  DescribeNetworkInterfacesCommand,
  type DescribeNetworkInterfacesCommandInput,
  DescribeSecurityGroupsCommand,
  type DescribeSecurityGroupsCommandInput,
  DescribeSubnetsCommand,
  type DescribeSubnetsCommandInput,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";

/** Answers questions from EC2 itself: what lies between a load balancer and its targets. Every operation here reads. */
export class LiveEc2 extends AwsSource<EC2Client> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: { source: "ec2", name: "EC2" },
        id: "ec2",
        token: ["NextToken", "NextToken"],
        connect: (settings) => new EC2Client(settings),
        send,
      },
      options,
      credentials,
    );
  }
}

async function send(client: EC2Client, operation: string, input: object, abortSignal: AbortSignal): Promise<object> {
  const options = { abortSignal };
  // A question's input is the API's own input as JSON, so the types agree by construction.
  switch (operation) {
    case "DescribeSecurityGroups":
      return client.send(new DescribeSecurityGroupsCommand(input as DescribeSecurityGroupsCommandInput), options);
    case "DescribeNetworkInterfaces":
      return client.send(new DescribeNetworkInterfacesCommand(input as DescribeNetworkInterfacesCommandInput), options);
    case "DescribeSubnets":
      return client.send(new DescribeSubnetsCommand(input as DescribeSubnetsCommandInput), options);
    case "DescribeNetworkAcls":
      return client.send(new DescribeNetworkAclsCommand(input as DescribeNetworkAclsCommandInput), options);
    default:
      throw new Told("malformed", `${operation} is not an EC2 operation that lbdoctor uses`);
  }
}
