import type { TunnelScenario } from "../scenario.ts";
import { CLOCK, EPISODES, LATENCY_ALARM, NODE_PORT } from "./parts.ts";

const fleet = { replicas: 3, cpuRequest: 1.5, cpuLimit: 2.5 };

export const retryStorm: TunnelScenario = {
  id: "retry-storm",
  title: "Clients that give up and try again at once",
  description:
    "A short burst makes answers late; the clients give up after 5 s and send again, up to twice, and the pods work on for nobody: the overload outlives its beginning.",
  truth: "client-storm",
  seed: 1009,
  ...CLOCK,
  fleet: { ...fleet, server: { kind: "gunicorn", workers: 2, threads: 1 } },
  balancer: NODE_PORT,
  load: {
    base: 5.5,
    bursts: EPISODES.map((at) => ({ at, seconds: 25, rate: 16 })),
    // The callers' own circuit opens after some minutes.
    pauses: EPISODES.map((at) => ({ at: at + 270, seconds: 75 })),
    work: { cpu: 0.3, cv: 0.3, cpuMax: 2, wait: 0 },
    retry: { timeout: 5, times: 2 },
  },
  alarm: { ...LATENCY_ALARM, evaluationPeriods: 1, datapointsToAlarm: 1 },
  fix: {
    says: "3 workers, limit 3750m",
    with: { fleet: { ...fleet, cpuLimit: 3.75, server: { kind: "gunicorn", workers: 3, threads: 1 } } },
  },
};
