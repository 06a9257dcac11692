import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the episodes begin just after new pods, at no more load", says: {}, status: "confirmed" },
  { when: "the episodes do not begin after new pods", says: { "slow-after-new-pods": "no" }, status: "rejected" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "rejected",
  },
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
    when: "the episodes begin after new pods and with more load",
    says: { "slow-after-new-pods": "unclear" },
    status: "undetermined",
  },
  { when: "when pods began is not known", says: { "slow-after-new-pods": "unknown" }, status: "undetermined" },
  {
    when: "nothing could be read",
    says: {
      "slow-after-new-pods": "unknown",
      "restarts-match-episodes": "unknown",
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
      "light-group-worse": "unknown",
    },
    status: "undetermined",
  },
  {
    when: "only this is known: the episodes begin just after new pods, at no more load",
    says: {
      "restarts-match-episodes": "unknown",
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
      "light-group-worse": "unknown",
    },
    status: "confirmed",
  },
] satisfies readonly Decision[];
