import { awsDescriptor, mayRead } from "../aws/service.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import { NOBODY } from "../descriptor.ts";
import type { LiveElb } from "./live.ts";
import { placeholder } from "./placeholders.ts";

const ID = "elb";

export const ELB = awsDescriptor<LiveElb>({
  id: ID,
  title: "Elastic Load Balancing (classic)",
  prefix: "elasticloadbalancing",
  operations: ["DescribeLoadBalancers", "DescribeLoadBalancerAttributes", "DescribeInstanceHealth", "DescribeTags"],
  shown: {
    DescribeLoadBalancers: "LoadBalancerDescriptions[].[LoadBalancerName,DNSName,Scheme]",
    DescribeLoadBalancerAttributes:
      "LoadBalancerAttributes.[CrossZoneLoadBalancing.Enabled,ConnectionSettings.IdleTimeout]",
    DescribeInstanceHealth: "InstanceStates[].[InstanceId,State,ReasonCode,Description]",
    DescribeTags: "TagDescriptions[].Tags[].[Key,Value]",
  },
  placeholder,
  checks: [
    mayRead("classic load balancers", ID, "DescribeLoadBalancers", () => ({ LoadBalancerNames: [NOBODY] })),
    mayRead("classic instances", ID, "DescribeInstanceHealth", () => ({
      LoadBalancerName: NOBODY,
    })),
  ],
  async open({ aws, opened }) {
    // One login for all; a login command must not run twice.
    const [{ LiveElb }, { credentials }] = await Promise.all([import("./live.ts"), opened(CLOUDWATCH)]);
    return new LiveElb(aws, credentials);
  },
});
