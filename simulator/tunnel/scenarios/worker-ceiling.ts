import type { TunnelScenario } from "../scenario.ts";
import { bursts, CLOCK, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

const fleet = { replicas: 4, cpuRequest: 1.2, cpuLimit: 1.5 };

export const workerCeiling: TunnelScenario = {
  id: "worker-ceiling",
  title: "One worker a pod",
  description:
    "Bursts a little above what four pods with one synchronous worker each can work on; the limit is 1.5 cores.",
  truth: "worker-concurrency-ceiling",
  seed: 101,
  ...CLOCK,
  fleet: { ...fleet, server: { kind: "gunicorn", workers: 1, threads: 1 } },
  balancer: NODE_PORT,
  load: { base: 0.8, bursts: bursts(8.4, 170), work: { cpu: 0.4, cv: 0.4, cpuMax: 4, wait: 0 } },
  alarm: LATENCY_ALARM,
  fix: {
    says: "2 workers, CPU limit 2 and request 1.5",
    with: {
      fleet: { replicas: 4, cpuRequest: 1.5, cpuLimit: 2, server: { kind: "gunicorn", workers: 2, threads: 1 } },
    },
  },
};
