/** Hand-made facts of a Network Load Balancer's connections, minute by minute; see facts.ts. */
import type { Expected } from "../../src/analysis/proxy-protocol.ts";
import { series, type Values } from "./facts.ts";

type Counted = "begun" | "client" | "balancer" | "target" | "ports" | "rejected" | "inbound" | "outbound" | "failOpen";

/** What became of the connections; what is not given was not published. */
export const flows = (known: Partial<Record<Counted, Values>>) => ({
  flows: {
    begun: series(known.begun),
    resets: { client: series(known.client), balancer: series(known.balancer), target: series(known.target) },
    portErrors: series(known.ports),
    rejected: series(known.rejected),
    blocked: { inbound: series(known.inbound), outbound: series(known.outbound) },
    failOpen: series(known.failOpen),
  },
});

/** Targets that are nodes: for each its ready pods, and whether it fails its check. */
export const nodesOfTargets = (...nodes: readonly (readonly [pods: number, isFailing: boolean])[]) => ({
  nodesOfTargets: nodes.map(([pods, isFailing], index) => ({
    target: `i-${index + 1}`,
    node: `node-${index + 1}`,
    zone: "eu-central-1a",
    state: isFailing ? "unhealthy" : "healthy",
    pods,
  })),
});

/** Who speaks PROXY protocol. */
export const proxyProtocol = (
  sends: boolean | null,
  server: Partial<Expected> | null,
  asked: boolean | null = null,
) => ({
  proxyProtocol: {
    sends,
    asked,
    server: server && { expects: false, detail: "listen 80 in nginx.conf", isDefault: false, ...server },
  },
});

/** Zones with their targets, what began in them, and what broke. */
export const zoneFlows = (
  ...zones: readonly (readonly [targets: number, begun: number, broken: number, unhealthy?: number])[]
) => ({
  zones: zones.map(([targets, requests], index) => ({ zone: `zone-${index + 1}`, targets, requests, latency: null })),
  zoneTrouble: zones.map(([, , broken, unhealthy = 0], index) => ({ zone: `zone-${index + 1}`, broken, unhealthy })),
});
