import type { LoadBalancerFact, TargetFact, TargetGroupFact } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { count, dictionary, listOf, mapped, name, nameOrNull, pagedItems, port, text } from "../parse.ts";
import * as z from "../zod.ts";

const loadBalancer = z.object({
  LoadBalancerArn: name,
  LoadBalancerName: name,
  Type: z.enum(["application", "network", "gateway"]),
  Scheme: text,
  AvailabilityZones: z.nullish(z.array(z.object({ ZoneName: nameOrNull, SubnetId: nameOrNull }))),
  SecurityGroups: z.nullish(z.array(name)),
});

/** What DescribeLoadBalancers alone says of a load balancer. */
export interface LoadBalancerAnswer
  extends Pick<LoadBalancerFact, "arn" | "name" | "type" | "scheme" | "zones" | "securityGroups" | "subnets"> {}

/** DescribeLoadBalancers for one ARN; null where it does not exist. */
export function describeLoadBalancer(arn: string): Typed<LoadBalancerAnswer | null> {
  return {
    question: { source: "elbv2", operation: "DescribeLoadBalancers", input: { LoadBalancerArns: [arn] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(loadBalancer, pages, "LoadBalancers");
      const found = value[0];
      if (!found) return { value: null, flaws };
      const zones = (found.AvailabilityZones ?? []).flatMap((zone) => (zone.ZoneName === null ? [] : [zone.ZoneName]));
      const subnets = (found.AvailabilityZones ?? []).flatMap((zone) => zone.SubnetId ?? []);
      return {
        value: {
          arn: found.LoadBalancerArn,
          name: found.LoadBalancerName,
          type: found.Type,
          scheme: found.Scheme,
          zones,
          ...(found.SecurityGroups && { securityGroups: found.SecurityGroups }),
          subnets,
        },
        flaws,
      };
    },
  };
}

export type Attributes = { readonly [key: string]: string };
const attribute = z.object({ Key: name, Value: text });

function attributes(pages: readonly unknown[]) {
  const { value, flaws } = pagedItems(attribute, pages, "Attributes");
  return {
    value: dictionary(value.flatMap(({ Key, Value }) => (Value === null ? [] : [[Key, Value] as const]))),
    flaws,
  };
}

export function describeLoadBalancerAttributes(arn: string): Typed<Attributes> {
  return {
    question: { source: "elbv2", operation: "DescribeLoadBalancerAttributes", input: { LoadBalancerArn: arn } },
    parse: attributes,
  };
}

export function describeTargetGroupAttributes(arn: string): Typed<Attributes> {
  return {
    question: { source: "elbv2", operation: "DescribeTargetGroupAttributes", input: { TargetGroupArn: arn } },
    parse: attributes,
  };
}

const targetGroup = z.object({
  TargetGroupArn: name,
  TargetGroupName: name,
  TargetType: z.enum(["instance", "ip", "lambda", "alb"]),
  Protocol: text,
  Port: port,
  HealthCheckPath: text,
  Matcher: z.nullish(z.object({ HttpCode: text })),
  HealthCheckIntervalSeconds: count,
  HealthCheckTimeoutSeconds: count,
  HealthCheckPort: text,
  HealthyThresholdCount: count,
  UnhealthyThresholdCount: count,
});

/** The target groups of a load balancer; their tags come from describeTags. */
export function describeTargetGroups(loadBalancerArn: string): Typed<Omit<TargetGroupFact, "tags">[]> {
  return {
    question: { source: "elbv2", operation: "DescribeTargetGroups", input: { LoadBalancerArn: loadBalancerArn } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(targetGroup, pages, "TargetGroups");
      return { value: value.map(toTargetGroup), flaws };
    },
  };
}

/** The ARNs of the load balancers that forward to a target group. */
export function describeTargetGroup(arn: string): Typed<string[]> {
  return {
    question: { source: "elbv2", operation: "DescribeTargetGroups", input: { TargetGroupArns: [arn] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(z.object({ LoadBalancerArns: listOf(name) }), pages, "TargetGroups");
      return { value: value.flatMap(({ LoadBalancerArns }) => LoadBalancerArns), flaws };
    },
  };
}

function toTargetGroup(raw: z.infer<typeof targetGroup>): Omit<TargetGroupFact, "tags"> {
  return {
    arn: raw.TargetGroupArn,
    name: raw.TargetGroupName,
    targetType: raw.TargetType,
    protocol: raw.Protocol,
    port: raw.Port,
    healthCheck: {
      path: raw.HealthCheckPath,
      matcher: raw.Matcher?.HttpCode ?? null,
      // 30 s and 5 s are the API's own defaults for HTTP health checks (ELBv2 CreateTargetGroup).
      interval: raw.HealthCheckIntervalSeconds ?? 30,
      timeout: raw.HealthCheckTimeoutSeconds ?? 5,
      ...(raw.HealthCheckPort === null ? {} : { port: raw.HealthCheckPort }),
      ...(raw.HealthyThresholdCount === null ? {} : { healthy: raw.HealthyThresholdCount }),
      ...(raw.UnhealthyThresholdCount === null ? {} : { unhealthy: raw.UnhealthyThresholdCount }),
    },
  };
}

/** The settings of a listener; a Network Load Balancer's idle timeout is one of them. */
export function describeListenerAttributes(listenerArn: string): Typed<Attributes> {
  return {
    question: { source: "elbv2", operation: "DescribeListenerAttributes", input: { ListenerArn: listenerArn } },
    parse: attributes,
  };
}

/** DescribeTags takes at most 20 resources a call (API reference, DescribeTags). */
export const TAGGED_PER_CALL = 20;
const tagDescription = z.object({
  ResourceArn: z.string(),
  Tags: z.array(z.object({ Key: name, Value: nameOrNull })),
});

/** Tags by resource ARN. */
export function describeTags(arns: readonly string[]): Typed<Map<string, { readonly [key: string]: string }>> {
  return {
    question: { source: "elbv2", operation: "DescribeTags", input: { ResourceArns: [...arns] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(tagDescription, pages, "TagDescriptions");
      const byArn = value.map(
        ({ ResourceArn, Tags }) => [ResourceArn, dictionary(Tags.map((tag) => [tag.Key, tag.Value ?? ""]))] as const,
      );
      return { value: new Map(byArn), flaws };
    },
  };
}

const targetHealth = mapped(
  z.object({
    Target: z.object({ Id: name, Port: port, AvailabilityZone: nameOrNull }),
    TargetHealth: z.nullish(z.object({ State: z.string(), Reason: text })),
  }),
  (raw): TargetFact => ({
    id: raw.Target.Id,
    port: raw.Target.Port,
    zone: raw.Target.AvailabilityZone,
    state: raw.TargetHealth?.State ?? "unknown",
    reason: raw.TargetHealth?.Reason ?? null,
  }),
);

export function describeTargetHealth(targetGroupArn: string): Typed<TargetFact[]> {
  return {
    question: { source: "elbv2", operation: "DescribeTargetHealth", input: { TargetGroupArn: targetGroupArn } },
    parse: (pages) => pagedItems(targetHealth, pages, "TargetHealthDescriptions"),
  };
}
