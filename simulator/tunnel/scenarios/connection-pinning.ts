import type { Fleet, TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

const fleet: Fleet = {
  replicas: 4,
  cpuRequest: 1,
  cpuLimit: 1.5,
  server: { kind: "gunicorn", workers: 1, threads: 8, keepAlive: 3600 },
};
const balancer = { ...NODE_PORT, nodes: 2, kept: 16, idleTimeout: 3600 };

export const connectionPinning: TunnelScenario = {
  id: "connection-pinning",
  title: "Kept-alive connections hold on to pods",
  description:
    "The load balancer keeps sixteen connections, made while there were two pods; behind the NodePort each stays on the pod that it first reached, so two pods that came later idle while the first two queue.",
  truth: "connection-pinning",
  seed: 401,
  ...CLOCK,
  fleet: { ...fleet, later: { pods: 2, at: 100 } },
  balancer,
  load: {
    base: 1.2,
    // The first one makes the connections.
    bursts: [{ at: 10, seconds: 25, rate: 9 }, ...bursts(7.6, 200)],
    work: { cpu: 0.3, cv: 0.4, cpuMax: 3, wait: 0 },
  },
  alarm: { ...LATENCY_ALARM, threshold: 0.5 },
  fix: {
    says: "target type ip and least outstanding requests",
    with: { fleet, balancer: { ...balancer, targetType: "ip", algorithm: "least_outstanding_requests" } },
  },
};
