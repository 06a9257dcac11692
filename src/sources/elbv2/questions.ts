import type { LoadBalancerFact, RuleFact, TargetFact, TargetGroupFact } from "../../model/facts.ts";
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

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: string;
  /** To which its default action forwards: all that a listener of a Network Load Balancer does. */
  readonly targetGroups: readonly string[];
  /** Which protocols and ciphers it takes; null where it takes none, or is not told. */
  readonly policy: string | null;
}
const listener = mapped(
  z.object({
    ListenerArn: name,
    Port: z.int().check(z.positive(), z.maximum(65_535)),
    Protocol: z.string(),
    SslPolicy: nameOrNull,
    DefaultActions: listOf(z.object({ TargetGroupArn: nameOrNull })),
  }),
  (raw): Listener => ({
    arn: raw.ListenerArn,
    port: raw.Port,
    protocol: raw.Protocol,
    policy: raw.SslPolicy,
    targetGroups: raw.DefaultActions.flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
  }),
);

export function describeListeners(loadBalancerArn: string): Typed<Listener[]> {
  return {
    question: { source: "elbv2", operation: "DescribeListeners", input: { LoadBalancerArn: loadBalancerArn } },
    parse: (pages) => pagedItems(listener, pages, "Listeners"),
  };
}

/** A certificate of a listener: the one that is shown to whoever names no host, or one of the others. */
export interface ListenerCertificate {
  readonly arn: string;
  readonly isDefault: boolean;
}
const listenerCertificate = mapped(
  z.object({ CertificateArn: name, IsDefault: z.nullish(z.boolean()) }),
  (raw): ListenerCertificate => ({ arn: raw.CertificateArn, isDefault: raw.IsDefault ?? false }),
);

/** Every certificate of a listener: DescribeListeners tells only the default one. */
export function describeListenerCertificates(listenerArn: string): Typed<ListenerCertificate[]> {
  return {
    question: { source: "elbv2", operation: "DescribeListenerCertificates", input: { ListenerArn: listenerArn } },
    // The default one is told twice, once by either name.
    parse: (pages) => {
      const { value, flaws } = pagedItems(listenerCertificate, pages, "Certificates");
      const defaults = new Set(value.filter(({ isDefault }) => isDefault).map(({ arn }) => arn));
      const arns = [...new Set(value.map(({ arn }) => arn))];
      return { value: arns.map((arn) => ({ arn, isDefault: defaults.has(arn) })), ...(flaws && { flaws }) };
    },
  };
}

const values = z.nullish(z.object({ Values: z.nullish(z.array(name)) }));
const rule = z.object({
  RuleArn: nameOrNull,
  IsDefault: z.nullish(z.boolean()),
  Priority: name,
  Conditions: z.nullish(
    z.array(
      z.object({
        Field: text,
        Values: z.nullish(z.array(name)),
        HostHeaderConfig: values,
        PathPatternConfig: values,
      }),
    ),
  ),
  Actions: z.array(
    z.object({
      Type: z.string(),
      TargetGroupArn: text,
      FixedResponseConfig: z.nullish(z.object({ StatusCode: text })),
      ForwardConfig: z.nullish(
        z.object({
          TargetGroups: z.nullish(z.array(z.object({ TargetGroupArn: name, Weight: count }))),
          TargetGroupStickinessConfig: z.nullish(
            z.object({ Enabled: z.nullish(z.boolean()), DurationSeconds: z.nullish(z.number()) }),
          ),
        }),
      ),
    }),
  ),
});

export function describeRules(listenerArn: string): Typed<RuleFact[]> {
  return {
    question: { source: "elbv2", operation: "DescribeRules", input: { ListenerArn: listenerArn } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(rule, pages, "Rules");
      return { value: value.map((one) => toRule(one, listenerArn)), flaws };
    },
  };
}

function toRule(raw: z.infer<typeof rule>, listenerArn: string): RuleFact {
  const conditions = (raw.Conditions ?? []).map((condition) => {
    const config = condition.HostHeaderConfig ?? condition.PathPatternConfig;
    const wanted = condition.Values?.length ? condition.Values : (config?.Values ?? []);
    return `${(condition.Field ?? "condition").replace("-header", "").replace("-pattern", "")} ${wanted.join(" or ")}`;
  });
  const targetGroups = raw.Actions.flatMap((action) => {
    const weighted = action.ForwardConfig?.TargetGroups ?? [];
    if (weighted.length > 0) return weighted.map((group) => ({ arn: group.TargetGroupArn, weight: group.Weight ?? 1 }));
    return action.TargetGroupArn === null ? [] : [{ arn: action.TargetGroupArn, weight: 1 }];
  });
  const sticky = raw.Actions.map(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig).find(
    (one) => one?.Enabled,
  );
  const hosts = (raw.Conditions ?? []).flatMap(({ Field, Values, HostHeaderConfig }) =>
    Field === "host-header" ? (HostHeaderConfig?.Values ?? Values ?? []) : [],
  );
  const answers = raw.Actions.flatMap(({ FixedResponseConfig }) => FixedResponseConfig?.StatusCode ?? [])[0];
  return {
    ...(raw.RuleArn === null ? {} : { arn: raw.RuleArn }),
    ...(answers === undefined ? {} : { answers }),
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(raw.IsDefault ? { defaultOf: listenerArn } : {}),
    forwardsOnly: raw.Actions.every(({ Type }) => Type === "forward"),
    groupStickiness: sticky?.DurationSeconds ?? null,
    priority: raw.Priority,
    condition: conditions.join(", ") || "everything else",
    targetGroups,
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
