import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

export const connectionPinning: TunnelScenario = {
  id: "connection-pinning",
  title: "Kept-alive connections hold on to pods",
  description:
    "The load balancer keeps two connections to two nodes; behind the NodePort each stays on the pod that it first reached, so requests follow connections and not free capacity.",
  truth: "connection-pinning",
  seed: 401,
  ...CLOCK,
  fleet: {
    replicas: 4,
    cpuRequest: 1,
    cpuLimit: 1.5,
    server: { kind: "gunicorn", workers: 1, threads: 8, keepAlive: 1200 },
  },
  balancer: { ...NODE_PORT, nodes: 2, kept: 2, idleTimeout: 600 },
  load: { base: 1.2, bursts: bursts(5, 200), work: { cpu: 0.3, cv: 0.4, cpuMax: 3, wait: 0 } },
  alarm: LATENCY_ALARM,
  fix: {
    says: "target type ip and least outstanding requests",
    with: {
      balancer: {
        ...NODE_PORT,
        targetType: "ip",
        algorithm: "least_outstanding_requests",
        kept: 2,
        idleTimeout: 600,
      },
    },
  },
};
