import type { Question } from "../../model/question.ts";
import { KNOWN_LATER as K, NODE_PORT } from "../placeholders.ts";

const ELB = `arn:aws:elasticloadbalancing:${K.region}:${K.account}`;
const LISTENER = `${ELB}:listener/<listener>`;

/** The load balancer has two target groups, one of them slow. */
export function placeholder({ operation, input }: Question): unknown {
  const groups = [K.group, K.other].map((name) => `${ELB}:targetgroup/${name}/<id>`);
  switch (operation) {
    case "DescribeLoadBalancers":
      return {
        LoadBalancers: (input.LoadBalancerArns as readonly string[]).map((LoadBalancerArn) => ({
          LoadBalancerArn,
          LoadBalancerName: K.loadBalancer,
          Type: LoadBalancerArn.includes("/net/")
            ? "network"
            : LoadBalancerArn.includes("/gwy/")
              ? "gateway"
              : "application",
          AvailabilityZones: [{ SubnetId: "<subnet>" }],
          SecurityGroups: ["<security-group-of-load-balancer>"],
        })),
      };
    case "DescribeLoadBalancerAttributes":
      return { Attributes: ["access_logs", "connection_logs", "health_check_logs"].flatMap(logged) };
    case "DescribeListeners":
      return { Listeners: [{ ListenerArn: LISTENER, Port: 443, Protocol: "HTTPS" }] };
    case "DescribeListenerCertificates":
      return {
        Certificates: [
          { CertificateArn: `arn:aws:acm:${K.region}:${K.account}:certificate/${K.certificate}`, IsDefault: true },
        ],
      };
    case "DescribeRules":
      return { Rules: [] };
    case "DescribeTargetGroups":
      return {
        TargetGroups: groups.map((TargetGroupArn, index) => ({
          TargetGroupArn,
          TargetGroupName: index === 0 ? K.group : K.other,
          TargetType: "instance",
          LoadBalancerArns: [`${ELB}:loadbalancer/app/${K.loadBalancer}/<id>`],
          Port: NODE_PORT + index,
        })),
      };
    case "DescribeTags":
      return {
        TagDescriptions: (input.ResourceArns as readonly string[]).map((ResourceArn) => ({ ResourceArn, Tags: [] })),
      };
    case "DescribeTargetHealth":
      return {
        TargetHealthDescriptions: [
          {
            Target: { Id: K.instance, Port: NODE_PORT },
            TargetHealth: { State: "unhealthy", Reason: "Target.Timeout" },
          },
        ],
      };
    default:
      return { Attributes: [] };
  }
}

/** It is written to S3. */
function logged(log: string) {
  return [
    { Key: `${log}.s3.enabled`, Value: "true" },
    { Key: `${log}.s3.bucket`, Value: K.bucket },
    { Key: `${log}.s3.prefix`, Value: K.prefix },
  ];
}
