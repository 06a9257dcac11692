import { awsDescriptor, mayRead } from "../aws/service.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import { NOBODY } from "../descriptor.ts";
import type { LiveEc2 } from "./live.ts";
import { placeholder } from "./placeholders.ts";

const ID = "ec2";

export const EC2 = awsDescriptor<LiveEc2>({
  id: ID,
  title: "EC2",
  prefix: "ec2",
  operations: ["DescribeSecurityGroups", "DescribeNetworkInterfaces", "DescribeSubnets", "DescribeNetworkAcls"],
  shown: {
    DescribeSecurityGroups: "SecurityGroups[].[GroupId,to_string(IpPermissions)]",
    DescribeNetworkInterfaces: "NetworkInterfaces[].[PrivateIpAddress,SubnetId,to_string(Groups[].GroupId)]",
    DescribeSubnets: "Subnets[].[SubnetId,CidrBlock,AvailableIpAddressCount]",
    DescribeNetworkAcls:
      "NetworkAcls[].Entries[].[Egress,RuleNumber,RuleAction,Protocol,CidrBlock,to_string(PortRange)]",
  },
  placeholder,
  checks: [
    mayRead("security groups", ID, "DescribeSecurityGroups", () => ({
      Filters: [{ Name: "group-name", Values: [NOBODY] }],
    })),
  ],
  async open({ aws, opened }) {
    const [{ LiveEc2 }, { credentials }] = await Promise.all([import("./live.ts"), opened(CLOUDWATCH)]);
    return new LiveEc2(aws, credentials);
  },
});
