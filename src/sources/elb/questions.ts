import type { TargetFact } from "../../model/facts.ts";
import type { Typed } from "../../model/question.ts";
import { count, dictionary, field, held, listOf, mapped, name, nameOrNull, pagedItems, port, text } from "../parse.ts";
import * as z from "../zod.ts";

/** A port on which a Classic Load Balancer listens, and the one of its instances to which it leads. */
export interface ClassicListener {
  readonly port: number;
  /** "HTTP", "HTTPS", "TCP" or "SSL" (API reference, Listener). */
  readonly protocol: string;
  readonly instancePort: number;
  readonly instanceProtocol: string | null;
}

/** What DescribeLoadBalancers of the classic API says of a load balancer. */
export interface ClassicBalancer {
  readonly name: string;
  readonly dnsName: string | null;
  readonly scheme: string | null;
  readonly zones: readonly string[];
  readonly instances: readonly string[];
  /** None outside a VPC. */
  readonly securityGroups: readonly string[];
  readonly listeners: readonly ClassicListener[];
  /** Ports of the instances to which it speaks by a policy of its own, such as one for PROXY protocol, with its names. */
  readonly backendPolicies: readonly { readonly instancePort: number; readonly policies: readonly string[] }[];
  readonly healthCheck: ClassicHealthCheck | null;
}

/** How it checks its instances; `target` is "HTTP:80/healthz" or "TCP:80", times are seconds. */
export interface ClassicHealthCheck {
  readonly target: string;
  readonly interval: number;
  readonly timeout: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

const strings = listOf(name);
const portNumber = z.int().check(z.positive(), z.maximum(65_535));
const healthCheck = z.object({
  Target: name,
  Interval: z.number(),
  Timeout: z.number(),
  UnhealthyThreshold: z.number(),
  HealthyThreshold: z.number(),
});
const balancer = mapped(
  z.object({
    LoadBalancerName: name,
    DNSName: nameOrNull,
    Scheme: text,
    AvailabilityZones: strings,
    Instances: listOf(z.object({ InstanceId: name })),
    SecurityGroups: strings,
    ListenerDescriptions: listOf(
      z.object({
        Listener: z.object({
          Protocol: name,
          LoadBalancerPort: portNumber,
          InstanceProtocol: nameOrNull,
          InstancePort: portNumber,
        }),
      }),
    ),
    BackendServerDescriptions: listOf(z.object({ InstancePort: port, PolicyNames: strings })),
    HealthCheck: z.nullish(healthCheck),
  }),
  (raw): ClassicBalancer => ({
    name: raw.LoadBalancerName,
    dnsName: raw.DNSName,
    scheme: raw.Scheme,
    zones: raw.AvailabilityZones,
    instances: raw.Instances.map(({ InstanceId }) => InstanceId),
    securityGroups: raw.SecurityGroups,
    listeners: raw.ListenerDescriptions.map(({ Listener }) => ({
      port: Listener.LoadBalancerPort,
      protocol: Listener.Protocol,
      instancePort: Listener.InstancePort,
      instanceProtocol: Listener.InstanceProtocol,
    })),
    backendPolicies: raw.BackendServerDescriptions.flatMap(({ InstancePort, PolicyNames }) =>
      InstancePort === null ? [] : [{ instancePort: InstancePort, policies: PolicyNames }],
    ),
    healthCheck: raw.HealthCheck
      ? {
          target: raw.HealthCheck.Target,
          interval: raw.HealthCheck.Interval,
          timeout: raw.HealthCheck.Timeout,
          unhealthyThreshold: raw.HealthCheck.UnhealthyThreshold,
          healthyThreshold: raw.HealthCheck.HealthyThreshold,
        }
      : null,
  }),
);

/** DescribeLoadBalancers of the classic API for one name; null where there is none. */
export function describeClassicBalancer(loadBalancer: string): Typed<ClassicBalancer | null> {
  return {
    question: { source: "elb", operation: "DescribeLoadBalancers", input: { LoadBalancerNames: [loadBalancer] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(balancer, pages, "LoadBalancerDescriptions");
      return { value: value[0] ?? null, flaws };
    },
  };
}

/** The settings of a Classic Load Balancer; seconds, and null where the answer does not say. */
export interface ClassicAttributes {
  readonly crossZone: boolean | null;
  readonly idleTimeout: number | null;
  /** How long it lets a leaving instance finish; 0: connection draining is off. */
  readonly draining: number | null;
}

const enabled = z.nullish(z.object({ Enabled: z.boolean() }));
const attributes = z.object({
  CrossZoneLoadBalancing: enabled,
  ConnectionDraining: z.nullish(z.object({ Enabled: z.boolean(), Timeout: count })),
  ConnectionSettings: z.nullish(z.object({ IdleTimeout: count })),
});

export function describeClassicAttributes(loadBalancer: string): Typed<ClassicAttributes> {
  return {
    question: {
      source: "elb",
      operation: "DescribeLoadBalancerAttributes",
      input: { LoadBalancerName: loadBalancer },
    },
    parse: (pages) => {
      const raw = held(attributes, field(pages[0], "LoadBalancerAttributes"), "LoadBalancerAttributes");
      const { ConnectionDraining: draining } = raw;
      return {
        value: {
          crossZone: raw.CrossZoneLoadBalancing?.Enabled ?? null,
          idleTimeout: raw.ConnectionSettings?.IdleTimeout ?? null,
          draining: draining ? (draining.Enabled ? draining.Timeout : 0) : null,
        },
        flaws: [],
      };
    },
  };
}

const instanceState = mapped(
  z.object({ InstanceId: name, State: name, ReasonCode: text, Description: text }),
  (raw): TargetFact => ({
    id: raw.InstanceId,
    port: null,
    zone: null,
    state: STATES.get(raw.State) ?? "unknown",
    reason: raw.Description ?? raw.ReasonCode,
  }),
);

/** InService and OutOfService as the newer API calls them (API reference, InstanceState). */
const STATES = new Map([
  ["InService", "healthy"],
  ["OutOfService", "unhealthy"],
]);

/** How a Classic Load Balancer finds its instances now; the reason is its own sentence. */
export function describeInstanceHealth(loadBalancer: string): Typed<TargetFact[]> {
  return {
    question: { source: "elb", operation: "DescribeInstanceHealth", input: { LoadBalancerName: loadBalancer } },
    parse: (pages) => pagedItems(instanceState, pages, "InstanceStates"),
  };
}

const tagDescription = z.object({
  LoadBalancerName: name,
  Tags: listOf(z.object({ Key: name, Value: nameOrNull })),
});

/** The tags of a Classic Load Balancer; Kubernetes writes kubernetes.io/service-name and kubernetes.io/cluster/NAME. */
export function describeClassicTags(loadBalancer: string): Typed<{ readonly [key: string]: string }> {
  return {
    question: { source: "elb", operation: "DescribeTags", input: { LoadBalancerNames: [loadBalancer] } },
    parse: (pages) => {
      const { value, flaws } = pagedItems(tagDescription, pages, "TagDescriptions");
      const own = value.filter(({ LoadBalancerName }) => LoadBalancerName === loadBalancer);
      return { value: dictionary(own.flatMap(({ Tags }) => Tags.map((tag) => [tag.Key, tag.Value ?? ""]))), flaws };
    },
  };
}
