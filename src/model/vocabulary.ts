/**
 * The ids of root causes. A cause is the answer to "what has to change for the alarm to stop". Stable: people build
 * automation on them. The list is longer than what this version can judge, so that a new hypothesis needs no new word.
 */
export const CAUSES = [
  "worker-concurrency-ceiling",
  "uneven-pod-load",
  "sticky-session-skew",
  "cross-zone-imbalance",
  "long-poll-held-open",
  "low-traffic-artifact",
  "cpu-throttling",
  "insufficient-capacity",
  "slow-dependency",
  "deploy-regression",
  "cold-start",
  "shared-load-balancer",
  "connection-saturation",
  "health-check-flapping",
  "target-errors",
  "restarting-pods",
  "idle-timeout-mismatch",
  "abrupt-deregistration",
  "local-policy-blackhole",
  "proxy-protocol-mismatch",
  "tls-failure",
  "canary-weight",
  "misrouted-requests",
  "alarm-too-sensitive",
] as const;
export type Cause = (typeof CAUSES)[number];

/** Contributing factors: each made the incident longer, louder or harder to see; removing it alone does not end it. */
export const FACTORS = [
  "autoscaler-never-triggers",
  "slow-scale-out",
  "quota-unusable",
  "quota-too-small-for-workers",
  "instance-target-mode",
  "no-readiness-probe",
  "pods-crowded-on-nodes",
  "alarm-on-whole-load-balancer",
  "alarm-on-average",
  "noisy-evaluation",
  "container-port-mismatch",
  "orphaned-autoscaler",
  "uneven-node-sizes",
] as const;
export type Factor = (typeof FACTORS)[number];
