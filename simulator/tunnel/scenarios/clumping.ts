import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

export const clumping: TunnelScenario = {
  id: "clumping",
  title: "Long documents behind a NodePort",
  description:
    "Most requests take some tenths of a second and a few take many seconds; they are handed out at random, so some pods queue while others idle, at a third of the fleet's CPU.",
  truth: "uneven-pod-load",
  seed: 211,
  ...CLOCK,
  fleet: { replicas: 6, cpuRequest: 1, cpuLimit: 2.5, server: { kind: "gunicorn", workers: 2, threads: 1 } },
  balancer: { ...NODE_PORT, idleTimeout: 120 },
  load: { base: 0.6, bursts: bursts(9.5, 230), work: { cpu: 0.55, cv: 4, cpuMax: 25, wait: 0 } },
  alarm: LATENCY_ALARM,
  fix: {
    says: "target type ip and least outstanding requests",
    with: { balancer: { ...NODE_PORT, idleTimeout: 120, targetType: "ip", algorithm: "least_outstanding_requests" } },
  },
};
