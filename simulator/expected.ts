import type { Cause, Factor } from "../src/model/vocabulary.ts";

/** What an investigation of an incident must find. */
export interface Expected {
  readonly rootCause: Cause | null;
  readonly factors: readonly Factor[];
  readonly rejected: readonly Cause[];
}

/**
 * The verdicts on the seeds' incidents as their documents tell them (seed 000): written down from there, not from what
 * lbdoctor says.
 */
export const EXPECTED: { readonly [incident: string]: Expected } = {
  "worker-ceiling": {
    rootCause: "worker-concurrency-ceiling",
    factors: [
      "autoscaler-never-triggers",
      "quota-unusable",
      "instance-target-mode",
      "no-readiness-probe",
      "alarm-on-whole-load-balancer",
      "alarm-on-average",
      "noisy-evaluation",
      "container-port-mismatch",
      "orphaned-autoscaler",
    ],
    rejected: [
      "uneven-pod-load",
      "deploy-regression",
      "low-traffic-artifact",
      "cpu-throttling",
      "shared-load-balancer",
    ],
  },
  clumping: {
    rootCause: "uneven-pod-load",
    factors: ["instance-target-mode", "alarm-on-whole-load-balancer", "alarm-on-average"],
    rejected: ["worker-concurrency-ceiling", "insufficient-capacity", "shared-load-balancer"],
  },
  "fleet-long-poll": {
    rootCause: "long-poll-held-open",
    factors: ["instance-target-mode", "alarm-on-average"],
    rejected: [
      "low-traffic-artifact",
      "cpu-throttling",
      "insufficient-capacity",
      "slow-dependency",
      "alarm-too-sensitive",
    ],
  },
};
