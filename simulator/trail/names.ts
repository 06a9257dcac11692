import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Subjects } from "./requests.ts";
import type { Actor } from "./spec.ts";

/** The ARN of the rule of the service with this index, or of an added one, as DescribeRules has it. */
export function ruleArn(listener: string, index: number | string): string {
  return `${listener.replace(":listener/", ":listener-rule/")}/${index}`;
}

/** The load balancer's security group, as DescribeLoadBalancers has it, and that of its targets. */
export function securityGroups({ seed }: Scenario): Subjects["securityGroups"] {
  return {
    balancer: `sg-${new Random(seed, "security group").hex(17)}`,
    targets: `sg-${new Random(seed, "targets' security group").hex(17)}`,
  };
}

/** A second load balancer of the account, with all that belongs to it. */
export function elsewhere({ seed, place }: Scenario): Subjects {
  const random = new Random(seed, "elsewhere");
  const elb = `arn:aws:elasticloadbalancing:${place.region}:${place.account}`;
  const balancer = `app/k8s-internal-tools-${random.hex(10)}/${random.hex(16)}`;
  const listener = `${elb}:listener/${balancer}/${random.hex(16)}`;
  const group = (service: string) => `${elb}:targetgroup/k8s-tools-${service}-${random.hex(10)}/${random.hex(16)}`;
  return {
    loadBalancer: `${elb}:loadbalancer/${balancer}`,
    listener,
    targetGroups: [group("wiki"), group("wikinew")],
    rule: `${listener.replace(":listener/", ":listener-rule/")}/${random.hex(16)}`,
    host: "wiki.example.com",
    alarm: `${place.cluster}-tools-latency`,
    securityGroups: { balancer: `sg-${random.hex(17)}`, targets: `sg-${random.hex(17)}` },
  };
}

/** The caller's ARN. */
export function arnOf(actor: Actor, account: string): string {
  if (actor.kind === "user") return `arn:aws:iam::${account}:user/${actor.name}`;
  return `arn:aws:sts::${account}:assumed-role/${ROLES[actor.kind]}/${actor.name}`;
}

const ROLES = {
  "person with a role": "AWSReservedSSO_PlatformAdmin_0f1e2d3c4b5a6978",
  pipeline: "github-actions-deploy",
  controller: "eks-aws-load-balancer-controller",
} as const;

/** What each kind of caller calls with. */
export const USER_AGENTS: Readonly<Record<Actor["kind"], string>> = {
  user: "aws-cli/2.31.6 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 cfg/retry-mode#standard",
  "person with a role": "AWS Internal",
  pipeline: "APN/1.0 HashiCorp/1.0 Terraform/1.13.3 terraform-provider-aws/6.15.0 aws-sdk-go-v2/1.39.2",
  controller: "elbv2.k8s.aws/v2.13.4 aws-sdk-go-v2/1.38.0 os/linux lang/go#1.24.6 md/GOOS#linux md/GOARCH#amd64",
};
