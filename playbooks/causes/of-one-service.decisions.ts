import type { Decision } from "../../src/playbook.ts";

/*
 * What becomes of a cause where a condition of of-one-service.ts does not hold: it stays open. The same rows for every
 * cause that has the conditions; each list here is named after the list that fails.
 */

/** The pods pass requests on, and what is slow is behind them: no cause of the pods is judged by what was read of these. */
export const PASSED_ON: readonly Decision[] = [
  {
    when: "the pods are an ingress controller, and some of its backends were as fast as ever",
    says: { "requests-passed-on": "yes" },
    status: "undetermined",
  },
];

const CHANGED: readonly Decision[] = [
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
];

const ALARM_CHANGED: readonly Decision[] = [
  { when: "the alarm was made stricter", says: { "alarm-made-stricter": "yes" }, status: "undetermined" },
];

const SHARED: readonly Decision[] = [
  { when: "all services rose together", says: { "services-rose-together": "yes" }, status: "undetermined" },
  { when: "one slow request makes each breach", says: { "one-request-breaches": "yes" }, status: "undetermined" },
];

const FROM_ELSEWHERE: readonly Decision[] = [
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  ...SHARED,
];

const NOT_IN_EPISODES: readonly Decision[] = [
  { when: "no service stands out", says: { "one-service-stands-out": "no" }, status: "undetermined" },
];

export const NOT_AS_THE_PODS_RUN: readonly Decision[] = [
  {
    when: "one target group of a weighted rule is slower than the other",
    says: { "light-group-worse": "yes" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "the episodes begin just after new pods", says: { "slow-after-new-pods": "yes" }, status: "undetermined" },
];

const NOT_ALL_STAY: readonly Decision[] = [
  {
    when: "targets leave after it became slow",
    says: { "targets-leave-when-slow": "yes" },
    status: "undetermined",
  },
];

const NOT_AT_THESE_PODS: readonly Decision[] = [
  {
    when: "a target gets more requests in one zone than in another",
    says: { "zones-unequal": "yes" },
    status: "undetermined",
  },
  { when: "the targets are not this cluster's", says: { "targets-of-this-cluster": "no" }, status: "undetermined" },
  { when: "the pods' CPU cannot be what it says", says: { "figures-possible": "no" }, status: "undetermined" },
  {
    when: "the CPU that was seen is not that of these requests",
    says: { "cpu-belongs-to-requests": "no" },
    status: "undetermined",
  },
  { when: "the nodes wait for their disks", says: { "nodes-stalled": "yes" }, status: "undetermined" },
  { when: "the hypervisor takes CPU away from the nodes", says: { "nodes-stolen": "yes" }, status: "undetermined" },
];

const LOAD_IS_NOT_WANTED: readonly Decision[] = [
  {
    when: "requests pile up on the pods to which stickiness ties clients",
    says: { "tied-clients-pile-up": "yes" },
    status: "undetermined",
  },
  {
    when: "clients give up in the episodes, and send again",
    says: { "clients-give-up": "yes" },
    status: "undetermined",
  },
];

const NOT_OF_ALL_REQUESTS: readonly Decision[] = [
  {
    when: "one client brings the surplus",
    says: { "one-client-brings-surplus": "yes" },
    status: "undetermined",
  },
  { when: "one target is slow in every episode", says: { "one-target-slow": "yes" }, status: "undetermined" },
  {
    when: "all paths but one are as fast as ever",
    says: { "other-paths-as-fast": "yes" },
    status: "undetermined",
  },
];

export const NOT_OF_ONE_TARGET_GROUP: readonly Decision[] = [...ALARM_CHANGED, ...SHARED, ...NOT_IN_EPISODES];
export const NOT_OF_NEW_PODS: readonly Decision[] = [
  ...CHANGED,
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "all services rose together", says: { "services-rose-together": "yes" }, status: "undetermined" },
  { when: "the breaching datapoints hold few requests", says: { "few-requests": "yes" }, status: "undetermined" },
  ...NOT_IN_EPISODES,
];

export const NOT_OF_ONE_SERVICE: readonly Decision[] = [...CHANGED, ...FROM_ELSEWHERE, ...NOT_IN_EPISODES];
export const NOT_OF_RUNNING_PODS: readonly Decision[] = [
  ...NOT_OF_ONE_SERVICE,
  ...NOT_AS_THE_PODS_RUN,
  ...NOT_ALL_STAY,
];
export const NOT_OF_ITS_ZONES: readonly Decision[] = [
  ...ALARM_CHANGED,
  ...FROM_ELSEWHERE,
  ...NOT_IN_EPISODES,
  ...NOT_AS_THE_PODS_RUN,
  ...NOT_ALL_STAY,
];
export const NOT_WITHIN_THE_PODS: readonly Decision[] = [...NOT_OF_RUNNING_PODS, ...NOT_AT_THESE_PODS];
const NOT_PLACED: readonly Decision[] = [
  ...FROM_ELSEWHERE,
  ...NOT_AS_THE_PODS_RUN,
  ...NOT_ALL_STAY,
  ...NOT_AT_THESE_PODS,
];
export const NOT_PLACED_BADLY: readonly Decision[] = [...CHANGED, ...NOT_PLACED];
export const NOT_BOUND_BADLY: readonly Decision[] = [...ALARM_CHANGED, ...NOT_PLACED];
export const NOT_LOADED_PODS: readonly Decision[] = [
  ...NOT_WITHIN_THE_PODS,
  ...NOT_OF_ALL_REQUESTS,
  ...LOAD_IS_NOT_WANTED,
];
