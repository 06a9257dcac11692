import { describe, expect, it } from "vitest";
import { alarmScope } from "../../src/analysis/alarm-scope.ts";

const ALB = "AWS/ApplicationELB";
const LB = "app/shop-prod/0123456789abcdef";
const TG = "targetgroup/api/0123456789abcdef";
const scope = (namespace: string, metric: string, dimensions: Record<string, string>) =>
  alarmScope({ namespace, metric, dimensions });

describe("alarmScope", () => {
  it.each([
    [
      "the load balancer",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: LB },
      "load balancer shop-prod, all its target groups together",
    ],
    ["what it does itself", ALB, "HTTPCode_ELB_5XX_Count", { LoadBalancer: LB }, "load balancer shop-prod"],
    // The case zone-dimension-not-told.
    [
      "one zone",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: LB, AvailabilityZone: "eu-west-1a" },
      "load balancer shop-prod in eu-west-1a",
    ],
    ["a target group", ALB, "TargetResponseTime", { LoadBalancer: LB, TargetGroup: TG }, "target group api"],
    [
      "a target group in one zone",
      ALB,
      "HealthyHostCount",
      { LoadBalancer: LB, TargetGroup: TG, AvailabilityZone: "eu-west-1b" },
      "target group api in eu-west-1b",
    ],
    ["a target group alone", ALB, "RequestCountPerTarget", { TargetGroup: TG }, "target group api"],
    [
      "a Network Load Balancer",
      "AWS/NetworkELB",
      "TCP_Target_Reset_Count",
      { LoadBalancer: "net/n/1" },
      "load balancer n, all its target groups together",
    ],
    [
      "a Classic Load Balancer",
      "AWS/ELB",
      "Latency",
      { LoadBalancerName: "old", AvailabilityZone: "eu-west-1a" },
      "load balancer old in eu-west-1a",
    ],
    ["another namespace", "AWS/EC2", "CPUUtilization", { InstanceId: "i-1" }, "InstanceId i-1"],
    [
      "a certificate, whose dimension is an ARN",
      "AWS/CertificateManager",
      "DaysToExpiry",
      { CertificateArn: "arn:aws:acm:x" },
      "CertificateArn arn:aws:acm:x",
    ],
  ])("tells %s", (_, namespace, metric, dimensions, words) => {
    expect(scope(namespace, metric, dimensions)).toEqual({ scopeWords: words, fault: null, remedy: null });
  });

  const arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:";
  it.each([
    // The case full-arn-in-dimension.
    [
      "a whole ARN",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: `${arn}loadbalancer/${LB}` },
      /LoadBalancer holds a whole ARN/,
      `give LoadBalancer as ${LB} (Terraform: arn_suffix instead of arn)`,
    ],
    [
      "a target group's whole ARN",
      ALB,
      "HealthyHostCount",
      { LoadBalancer: LB, TargetGroup: `${arn}${TG}` },
      /TargetGroup holds a whole ARN/,
      `give TargetGroup as ${TG} (Terraform: arn_suffix instead of arn)`,
    ],
    [
      "an ARN of something else",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: "arn:aws:sns:x" },
      /whole ARN/,
      "give LoadBalancer as the end of the ARN (Terraform: arn_suffix instead of arn)",
    ],
    [
      "a part too much",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: `loadbalancer/${LB}` },
      /begins with "loadbalancer\/"/,
      "give LoadBalancer as app/NAME/ID, the end of its ARN",
    ],
    [
      "a name",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: "shop-prod" },
      /shop-prod is not the one of an Application/,
      "give LoadBalancer as app/NAME/ID, the end of its ARN",
    ],
    [
      "another kind of load balancer",
      "AWS/NetworkELB",
      "NewFlowCount",
      { LoadBalancer: LB },
      /not the one of a Network/,
      "give LoadBalancer as net/NAME/ID, the end of its ARN",
    ],
    [
      "a target group without its load balancer",
      ALB,
      "TargetResponseTime",
      { TargetGroup: TG },
      /not published for a target group without/,
      "add the dimension LoadBalancer",
    ],
    [
      "a target group's name",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: LB, TargetGroup: "api" },
      /TargetGroup api is not/,
      "give TargetGroup as targetgroup/NAME/ID, the end of its ARN",
    ],
    [
      "an unknown dimension",
      ALB,
      "TargetResponseTime",
      { LoadBalancer: LB, Service: "x" },
      /has the dimension Service/,
      "use LoadBalancer, AvailabilityZone, TargetGroup as its dimensions",
    ],
    ["no dimension", ALB, "TargetResponseTime", {}, /names no load balancer/, "add the dimension LoadBalancer"],
    [
      "hosts of a whole load balancer",
      ALB,
      "UnHealthyHostCount",
      { LoadBalancer: LB },
      /each target group only/,
      "add the dimension TargetGroup",
    ],
    [
      "the balancer's own errors of a group",
      ALB,
      "HTTPCode_ELB_502_Count",
      { LoadBalancer: LB, TargetGroup: TG },
      /is not published for a target group/,
      "remove the dimension TargetGroup",
    ],
    [
      "a classic one by another's dimension",
      "AWS/ELB",
      "Latency",
      { LoadBalancer: "old" },
      /has the dimension LoadBalancer/,
      "use LoadBalancerName, AvailabilityZone as its dimensions",
    ],
  ])("finds fault with %s", (_, namespace, metric, dimensions, fault, remedy) => {
    const found = scope(namespace, metric, dimensions as unknown as Record<string, string>);
    expect(found.fault).toMatch(fault);
    expect(found.remedy).toBe(remedy);
  });
});
