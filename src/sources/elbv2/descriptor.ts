import { awsDescriptor, mayRead } from "../aws/service.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import { NOBODY } from "../descriptor.ts";
import type { LiveElbv2 } from "./live.ts";
import { placeholder } from "./placeholders.ts";

const ID = "elbv2";

export const ELBV2 = awsDescriptor<LiveElbv2>({
  id: ID,
  title: "Elastic Load Balancing",
  prefix: "elasticloadbalancing",
  operations: [
    "DescribeLoadBalancers",
    "DescribeLoadBalancerAttributes",
    "DescribeListeners",
    "DescribeListenerAttributes",
    "DescribeListenerCertificates",
    "DescribeRules",
    "DescribeTargetGroups",
    "DescribeTargetGroupAttributes",
    "DescribeTargetHealth",
    "DescribeTags",
  ],
  shown: {
    DescribeLoadBalancers: "LoadBalancers[].[LoadBalancerName,Type,Scheme]",
    DescribeLoadBalancerAttributes: "Attributes[].[Key,Value]",
    DescribeListeners: "Listeners[].[Port,Protocol]",
    DescribeListenerAttributes: "Attributes[].[Key,Value]",
    DescribeListenerCertificates: "Certificates[].[CertificateArn,IsDefault]",
    DescribeRules: "Rules[].[Priority,to_string(Actions[0].ForwardConfig.TargetGroups[].Weight)]",
    DescribeTargetGroups: "TargetGroups[].[TargetGroupName,TargetType,Port]",
    DescribeTargetGroupAttributes: "Attributes[].[Key,Value]",
    DescribeTargetHealth: "TargetHealthDescriptions[].[Target.Id,Target.Port,TargetHealth.State,TargetHealth.Reason]",
    DescribeTags: "TagDescriptions[].Tags[].[Key,Value]",
  },
  placeholder,
  checks: [
    mayRead("load balancers", ID, "DescribeLoadBalancers", () => ({ Names: [NOBODY] })),
    mayRead("target groups", ID, "DescribeTargetGroups", () => ({ Names: [NOBODY] })),
  ],
  async open({ aws, opened }) {
    // One login for both; a login command must not run twice.
    const [{ LiveElbv2 }, { credentials }] = await Promise.all([import("./live.ts"), opened(CLOUDWATCH)]);
    return new LiveElbv2(aws, credentials);
  },
});
