/** What a scenario's load balancer is, where it is more than the AWS Load Balancer Controller's own ALB. */

export type BalancerType = "application" | "network" | "classic" | "gateway";

/** CloudWatch's namespace of each type's metrics. */
export const NAMESPACES: { readonly [type in BalancerType]: string } = {
  application: "AWS/ApplicationELB",
  network: "AWS/NetworkELB",
  classic: "AWS/ELB",
  gateway: "AWS/GatewayELB",
};

export interface Front {
  /** "application" where it is not said. */
  readonly type?: BalancerType;
  /** Cross-zone load balancing of the whole load balancer. Absent: on for an ALB, off for the others, as they are made. */
  readonly crossZone?: boolean;
  /** Absent: HTTPS on 443 for an ALB, TCP on the service's port elsewhere. */
  readonly listener?: ListenerSpec;
  /** Connections that clients keep open, whether they use them or not. */
  readonly standing?: number;
  /** Share of the requests that come over a connection of their own; all where it is absent. */
  readonly fresh?: number;
  /** How a target group (or a Classic Load Balancer) lets targets go, seconds. Absent: 300 s, and nothing is cut off. */
  readonly deregistration?: { readonly delay: number; readonly terminates: boolean };
  /** Whether the load balancer speaks Proxy Protocol to its targets at the end. */
  readonly proxyProtocol?: boolean;
  /** Rules that stand before those of the services' hosts. `group`: an index into the services, the focus first. */
  readonly rules?: readonly RuleSpec[];
  /** Addresses that are left in each of its subnets; plenty where it is absent. */
  readonly freeAddresses?: number;
}

export interface RuleSpec {
  readonly host: string;
  readonly path: string;
  readonly group: number;
}

export interface ListenerSpec {
  readonly protocol: "HTTP" | "HTTPS" | "TCP" | "TLS" | "SSL";
  readonly port: number;
  /** Security policy; null where there is no TLS. */
  readonly policy: string | null;
  readonly certificate: CertificateSpec | null;
}

/** A certificate of ACM. Times are seconds after the window's start. */
export interface CertificateSpec {
  /** Last part of its ARN. */
  readonly id: string;
  readonly names: readonly string[];
  readonly issued: number;
  readonly expires: number;
  readonly imported: boolean;
  /** Where ACM renews it; null where it does not (imported ones). */
  readonly renewal: "SUCCESS" | "PENDING_VALIDATION" | "FAILED" | null;
}

/** How a load balancer checks its targets; seconds. */
export interface CheckSpec {
  readonly path: string;
  readonly matcher: string;
  readonly interval: number;
  readonly timeout: number;
  /** "HTTP" where it is not said (or HTTPS, where the targets speak it). */
  readonly protocol?: "TCP" | "HTTP";
  /** Where it is not the port of the traffic. */
  readonly port?: string;
  /** Failed and passed checks in a row that change a target's health; 2 and 2 where it is not said. */
  readonly unhealthyAfter?: number;
  readonly healthyAfter?: number;
}

/** The port on which kube-proxy tells whether a node has a pod of a Service with externalTrafficPolicy Local. */
export function healthCheckNodePort(nodePort: number): number {
  return 30_000 + ((nodePort + 517) % 2768);
}

export function typeOf({ loadBalancer }: { readonly loadBalancer: Front }): BalancerType {
  return loadBalancer.type ?? "application";
}
