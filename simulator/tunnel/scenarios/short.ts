import type { TunnelScenario } from "../scenario.ts";

/** A few minutes of a small overload: for the integration test. */
export const short: TunnelScenario = {
  id: "short",
  title: "A short overload",
  description: "Two pods with one worker each meet one burst above what both can work on.",
  truth: "worker-concurrency-ceiling",
  seed: 3,
  minutes: 4,
  lead: 1,
  fleet: {
    replicas: 2,
    server: { kind: "gunicorn", workers: 1, threads: 1 },
    cpuRequest: 1.2,
    cpuLimit: 1.5,
  },
  balancer: { targetType: "instance", algorithm: "round_robin", nodes: 2, idleTimeout: 60, kept: 0 },
  load: {
    base: 0.6,
    bursts: [{ at: 110, seconds: 90, rate: 6 }],
    work: { cpu: 0.4, cv: 0.4, cpuMax: 5, wait: 0 },
  },
  alarm: {
    metric: "TargetResponseTime",
    statistic: "Average",
    threshold: 0.8,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: "notBreaching",
    initially: "OK",
  },
};
