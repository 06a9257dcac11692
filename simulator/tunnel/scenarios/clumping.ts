import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

export const clumping: TunnelScenario = {
  id: "clumping",
  title: "Long documents behind a NodePort",
  description:
    "Most requests take some tenths of a second and a few take many seconds; they are handed out at random, so some pods queue while others idle, at less than half of the fleet's CPU.",
  truth: "uneven-pod-load",
  seed: 211,
  ...CLOCK,
  fleet: { replicas: 8, cpuRequest: 1, cpuLimit: 1.5, server: { kind: "gunicorn", workers: 1, threads: 1 } },
  balancer: { ...NODE_PORT, idleTimeout: 120 },
  load: { base: 0.5, bursts: bursts(6, 220), work: { cpu: 0.5, cv: 3, cpuMax: 20, wait: 0 } },
  alarm: LATENCY_ALARM,
  fix: {
    says: "target type ip and least outstanding requests",
    with: { balancer: { ...NODE_PORT, idleTimeout: 120, targetType: "ip", algorithm: "least_outstanding_requests" } },
  },
};
