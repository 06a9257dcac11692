import type { TunnelScenario } from "../scenario.ts";
import { CLOCK, EPISODES, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

export const slowDependency: TunnelScenario = {
  id: "slow-dependency",
  title: "The database is slow",
  description: "Three times the dependency takes twelve times as long; the pods have threads enough and wait.",
  truth: "slow-dependency",
  seed: 503,
  ...CLOCK,
  fleet: { replicas: 3, cpuRequest: 0.5, cpuLimit: 2, server: { kind: "gunicorn", workers: 2, threads: 12 } },
  balancer: NODE_PORT,
  load: { base: 4, bursts: [], work: { cpu: 0.1, cv: 0.4, cpuMax: 1, wait: 0.15 } },
  slowDependency: EPISODES.map((at) => ({ at, seconds: 200, factor: 12 })),
  alarm: LATENCY_ALARM,
};
