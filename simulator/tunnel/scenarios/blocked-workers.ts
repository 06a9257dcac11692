import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

const fleet = { replicas: 4, cpuRequest: 0.5, cpuLimit: 1 };

export const blockedWorkers: TunnelScenario = {
  id: "blocked-workers",
  title: "Synchronous workers that wait",
  description:
    "Each request waits two seconds for a dependency that is as fast as ever, and holds its worker meanwhile; in the bursts more requests are in the house than there are workers, while the CPU idles.",
  truth: "worker-concurrency-ceiling",
  seed: 601,
  ...CLOCK,
  fleet: { ...fleet, server: { kind: "gunicorn", workers: 3, threads: 1 } },
  balancer: NODE_PORT,
  load: { base: 0.6, bursts: bursts(5.6, 190), work: { cpu: 0.1, cv: 0.4, cpuMax: 1, wait: 2 } },
  alarm: { ...LATENCY_ALARM, threshold: 3 },
  fix: {
    says: "6 workers",
    with: { fleet: { ...fleet, server: { kind: "gunicorn", workers: 6, threads: 1 } } },
  },
};
