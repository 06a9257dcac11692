export interface LoadBalancerFact {
  readonly arn: string;
  readonly name: string;
  readonly type: "application" | "network" | "gateway" | "classic";
  readonly scheme: string | null;
  readonly zones: readonly string[];
  /** Ids; of a load balancer that has none they are empty. Absent: not told. */
  readonly securityGroups?: readonly string[];
  readonly subnets?: readonly string[];
  /** Seconds; null where the attributes could not be read, or the listeners of a Network Load Balancer differ. */
  readonly idleTimeout: number | null;
  readonly crossZone: boolean | null;
  readonly listeners: readonly { readonly port: number; readonly protocol: string }[];
  readonly rules: readonly RuleFact[];
}

export interface RuleFact {
  /** Absent: it was not told, so that no command can name it. */
  readonly arn?: string;
  /** The listener's, for its default rule, which is changed with the listener and not as a rule. */
  readonly defaultOf?: string;
  /** Whether it does anything beside forwarding: authentication comes before it. */
  readonly forwardsOnly?: boolean;
  /** The status with which it answers by itself ("404"); absent: it does not. */
  readonly answers?: string;
  /** Seconds for which a client stays with the target group that it first reached; null: it does not. */
  readonly groupStickiness?: number | null;
  readonly priority: string;
  /** "host api.example.com, path /v1/*" */
  readonly condition: string;
  readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
  /** Names that it takes, wildcards as they stand; absent: it takes any. */
  readonly hosts?: readonly string[];
}

export interface TargetGroupFact {
  readonly arn: string;
  readonly name: string;
  readonly targetType: "instance" | "ip" | "lambda" | "alb";
  readonly protocol: string | null;
  readonly port: number | null;
  readonly healthCheck: {
    readonly path: string | null;
    readonly matcher: string | null;
    readonly interval: number;
    readonly timeout: number;
    /** "traffic-port", or a port of its own; absent: not told. */
    readonly port?: string | null;
    /** Checks in a row that make a target healthy, and unhealthy; absent: not told. */
    readonly healthy?: number;
    readonly unhealthy?: number;
  };
  readonly tags: { readonly [key: string]: string };
}

/** The target group that an alarm leads to: the one to look into. */
export interface SuspectFact {
  /** Null: none stands out from the others. */
  readonly group: { readonly arn: string; readonly name: string } | null;
  /**
   * Whether the trouble is known to be its own. Of what the load balancer made itself no metric says for whom: then it may
   * only be the one that gets most of the requests.
   */
  readonly isOwn: boolean;
}

/** One target group's part in the alarm. */
export interface GroupLoad {
  readonly arn: string;
  readonly name: string;
  /** Requests in the window. */
  readonly requests: number;
  /** Request-weighted average latency outside the bursts; null where it had no traffic there. */
  readonly outside: number | null;
  /** Request-weighted average latency in the bursts. */
  readonly inside: number | null;
  /** Highest average of one period in the bursts. */
  readonly worstAverage: number | null;
  /** Slowest single request in the bursts. */
  readonly maximum: number | null;
  /** Share of the excess latency of all groups, in each episode. */
  readonly shareByEpisode: readonly { readonly episode: number; readonly share: number }[];
  /** Share of the excess latency over all bursts. */
  readonly share: number;
}

export interface BlameFact {
  readonly groups: readonly GroupLoad[];
  /** one: one group carries the excess; alike: all groups with traffic rose together; unclear: neither. */
  readonly verdict: "one" | "alike" | "unclear";
  /** The target group to look into: the one with the largest share, unless all rose alike. */
  readonly guilty: GroupLoad | null;
  /** Groups other than the guilty one whose latency rose clearly in the bursts as well. */
  readonly alsoRose: readonly string[];
  /**
   * How far the groups' request-weighted average is from the load balancer's own, relative to the latter, in the bursts;
   * null where one of them is missing.
   */
  readonly residual: number | null;
}

export interface ServiceFact {
  /** Its ARN; the name of a Classic Load Balancer, which has none. */
  readonly targetGroup: string;
  readonly namespace: string;
  readonly name: string;
  /**
   * How it was proven which Service the target group serves; names alone prove nothing. "ingress-controller": it serves one,
   * whose metrics name this Service as what it passes requests on to.
   */
  readonly proof:
    | "tags"
    | "target-group-binding"
    | "node-port"
    | "target-addresses"
    | "host-name"
    | "ingress-controller";
  readonly type: string;
  readonly nodePort: number | null;
  readonly port: number | null;
  readonly targetPort: string | null;
  readonly externalTrafficPolicy: string | null;
  readonly sessionAffinity: string | null;
  /** The port on each node that tells, with externalTrafficPolicy Local, whether a pod is on it; null or absent: none. */
  readonly healthCheckNodePort?: number | null;
  /** Whether an annotation asks the controller for PROXY protocol; absent: not told. */
  readonly asksProxyProtocol?: boolean;
  readonly selector: { readonly [label: string]: string };
}

/** Something to which an ingress controller passes requests on. */
export interface BehindFact {
  /** "shop/checkout"; the controller's own name of it where no Service is known by it. */
  readonly name: string;
  readonly service: { readonly namespace: string; readonly name: string } | null;
}

/** Where the trouble is, behind the pods that were judged. */
export interface LedToFact {
  /** Null: not one service, or it is not known which. */
  readonly service: { readonly namespace: string; readonly name: string } | null;
  /** Why: one sentence without its stop. */
  readonly because: string;
  /** What a person does next: a clause that may end in a command. */
  readonly next: string;
}

export interface Hop {
  /** "load balancer", "node", "Service", "pod", "process" */
  readonly at: string;
  /** Who picks the next hop from here, and how. */
  readonly picks: string;
  /** What the picker can see. */
  readonly sees: string;
  /** What it cannot see. */
  readonly blind: string;
}

export interface TargetFact {
  readonly id: string;
  readonly port: number | null;
  readonly zone: string | null;
  readonly state: string;
  readonly reason: string | null;
}

/**
 * Whether the targets are this cluster's: their addresses against its pods, or their instance ids against its nodes.
 * `other`: none is, so that nothing the cluster says is about them; `part`: some are; `unknown`: it could not be compared.
 */
export interface ClusterFact {
  readonly verdict: "same" | "other" | "part" | "unknown";
  readonly statement: string;
  /** Targets that are this cluster's, of those that were compared. */
  readonly matched: number;
  readonly of: number;
  /** What the targets were compared with; null where nothing was. */
  readonly comparedWith: "nodes" | "pods" | null;
  /** The cluster that the controller's tag on the target group names. */
  readonly clusterTag: string | null;
  /** The name that this cluster's own nodes give it; null where they do not. */
  readonly contextName: string | null;
  /** Ids of compared targets that are not this cluster's. */
  readonly strangers: readonly string[];
}

export interface TopologyFact {
  readonly targetType: TargetGroupFact["targetType"];
  /** What the targets are: nodes of the cluster, instances that are none, its pods; null where that is not known. */
  readonly targetsAre?: "nodes" | "instances" | "pods" | null;
  /** Null where their health could not be read: how many there are is then not known either. */
  readonly targets: readonly TargetFact[] | null;
  readonly healthy: number | null;
  readonly algorithm: string | null;
  readonly stickiness: {
    readonly enabled: boolean;
    readonly type: string | null;
    /** Seconds that the cookie lasts; null or absent where it is not told, or it is the application's own. */
    readonly seconds?: number | null;
  } | null;
  readonly crossZone: string | null;
  readonly deregistrationDelay: number | null;
  readonly slowStart: number | null;
  /** Whether a Network Load Balancer begins each connection with a PROXY protocol header; null or absent: not known. */
  readonly proxyProtocol?: boolean | null;
  /** Whether targets of a Network Load Balancer see the client's address and port; null or absent: not known. */
  readonly preservesClientIp?: boolean | null;
  /** Whether it ends the connections of a leaving target once the delay is over; null or absent: not known. */
  readonly endsConnections?: boolean | null;
  readonly idleTimeout: number | null;
  readonly path: readonly Hop[];
}
