import type { TunnelScenario } from "../scenario.ts";
import { CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

export const longPoll: TunnelScenario = {
  id: "long-poll",
  title: "Agents whose requests are held on purpose",
  description: "Twelve agents long-poll one pod; each request is held for 50 s and asked again at once.",
  truth: "long-poll-held-open",
  seed: 907,
  ...CLOCK,
  minutes: 24,
  fleet: { replicas: 1, cpuRequest: 0.5, cpuLimit: 1, server: { kind: "node", keepAlive: 3600 } },
  balancer: { ...NODE_PORT, idleTimeout: 300, kept: 16 },
  load: {
    base: 0,
    bursts: [],
    work: { cpu: 0.02, cv: 0.2, cpuMax: 0.1, wait: 0 },
    longPoll: { clients: 12, hold: 50 },
  },
  alarm: { ...LATENCY_ALARM, treatMissingData: "ignore", initially: "ALARM" },
};
