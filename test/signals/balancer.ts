/** Hand-made facts of the load balancer, its target groups and the way to the pods; see facts.ts. */
import type { BlameFact, GroupLoad, LoadBalancerFact, ServiceFact, TopologyFact } from "../../src/model/facts.ts";

/** A target group's latency inside and outside the episodes. */
export const group = (name: string, outside: number | null, inside: number | null): GroupLoad => ({
  arn: `arn:${name}`,
  name,
  requests: 1000,
  outside,
  inside,
  worstAverage: inside,
  maximum: inside,
  shareByEpisode: [],
  share: 0,
});

/** The target groups; the first is the guilty one unless the verdict is another. */
export const blame = (
  groups: readonly GroupLoad[],
  verdict: BlameFact["verdict"] = "one",
  alsoRose: readonly string[] = [],
): { blame: BlameFact } => ({
  blame: { groups, verdict, guilty: verdict === "one" ? (groups[0] ?? null) : null, alsoRose, residual: null },
});

/** The load balancer, with one rule that splits by these weights. */
export const loadBalancer = (
  weights: { readonly [group: string]: number } = {},
  crossZone: boolean | null = null,
): { loadBalancer: LoadBalancerFact } => ({
  loadBalancer: {
    arn: "arn:lb",
    name: "shop",
    type: "application",
    scheme: null,
    zones: [],
    idleTimeout: null,
    crossZone,
    listeners: [],
    rules: [
      {
        priority: "1",
        condition: "host shop.example.com",
        targetGroups: Object.entries(weights).map(([name, weight]) => ({ arn: `arn:${name}`, weight })),
      },
    ],
  },
});

export const topology = (known: Partial<TopologyFact> = {}): { topology: TopologyFact } => ({
  topology: {
    targetType: "ip",
    targets: [],
    healthy: 4,
    algorithm: null,
    stickiness: null,
    crossZone: null,
    deregistrationDelay: null,
    slowStart: null,
    idleTimeout: null,
    path: [],
    ...known,
  },
});

export const service = (
  sessionAffinity: string | null = null,
  externalTrafficPolicy: string | null = "Cluster",
): { service: ServiceFact } => ({
  service: {
    targetGroup: "arn:shop",
    namespace: "shop",
    name: "shop",
    proof: "tags",
    type: "NodePort",
    nodePort: null,
    port: null,
    targetPort: null,
    externalTrafficPolicy,
    sessionAffinity,
    selector: {},
  },
});
