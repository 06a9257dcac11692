import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

const fleet = { replicas: 4, cpuRequest: 0.5, cpuLimit: 1 };

export const blockedWorkers: TunnelScenario = {
  id: "blocked-workers",
  title: "Synchronous workers that wait",
  description:
    "Each request waits half a second for a dependency that is as fast as ever, and holds its worker meanwhile; in the bursts more requests are in the house than there are workers, while the CPU idles.",
  truth: "worker-concurrency-ceiling",
  seed: 601,
  ...CLOCK,
  fleet: { ...fleet, server: { kind: "gunicorn", workers: 3, threads: 1 } },
  balancer: NODE_PORT,
  load: { base: 1.5, bursts: bursts(19, 190), work: { cpu: 0.06, cv: 0.4, cpuMax: 1, wait: 0.5 } },
  alarm: LATENCY_ALARM,
  fix: {
    says: "6 workers",
    with: { fleet: { ...fleet, server: { kind: "gunicorn", workers: 6, threads: 1 } } },
  },
};
