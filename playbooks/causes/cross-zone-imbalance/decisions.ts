import type { Decision } from "../../../src/playbook.ts";

export default [
  {
    when: "a target gets more requests in the small zone, and cross-zone load balancing is off",
    says: {},
    status: "confirmed",
  },
  {
    when: "a target gets somewhat more requests in one zone",
    says: { "zones-unequal": "unclear" },
    status: "undetermined",
  },
  { when: "the cross-zone setting is not known", says: { "cross-zone-off": "unknown" }, status: "undetermined" },
  { when: "a target gets as many requests in each zone", says: { "zones-unequal": "no" }, status: "rejected" },
  { when: "cross-zone load balancing is on", says: { "cross-zone-off": "no" }, status: "rejected" },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "all services rose together", says: { "services-rose-together": "yes" }, status: "undetermined" },
  { when: "one slow request makes each breach", says: { "one-request-breaches": "yes" }, status: "undetermined" },
  { when: "no service stands out", says: { "one-service-stands-out": "no" }, status: "undetermined" },
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
  { when: "the zones' requests are not known", says: { "zones-unequal": "unknown" }, status: "undetermined" },
  {
    when: "nothing could be read",
    says: {
      "zones-unequal": "unknown",
      "cross-zone-off": "unknown",
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
      "light-group-worse": "unknown",
      "restarts-match-episodes": "unknown",
      "slow-after-new-pods": "unknown",
    },
    status: "undetermined",
  },
  {
    when: "only this is known: a target gets more requests in the small zone, and cross-zone load balancing is off",
    says: {
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
      "light-group-worse": "unknown",
      "restarts-match-episodes": "unknown",
      "slow-after-new-pods": "unknown",
    },
    status: "confirmed",
  },
] satisfies readonly Decision[];
