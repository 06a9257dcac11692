import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

const fleet = { replicas: 3, cpuRequest: 0.5, server: { kind: "gunicorn", workers: 4, threads: 1 } } as const;

export const throttling: TunnelScenario = {
  id: "throttling",
  title: "A limit of one core for four workers",
  description: "Four workers a pod share a CPU limit of one core: in the bursts the quota throttles them.",
  truth: "cpu-throttling",
  seed: 307,
  ...CLOCK,
  fleet: { ...fleet, cpuLimit: 1 },
  balancer: NODE_PORT,
  load: { base: 1, bursts: bursts(9, 190), work: { cpu: 0.32, cv: 0.5, cpuMax: 3, wait: 0 } },
  alarm: LATENCY_ALARM,
  fix: { says: "CPU limit 4", with: { fleet: { ...fleet, cpuLimit: 4 } } },
};
