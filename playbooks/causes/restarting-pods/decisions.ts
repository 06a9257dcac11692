import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "containers restart where the episodes begin", says: {}, status: "confirmed" },
  {
    when: "no container restarts where the episodes begin",
    says: { "restarts-match-episodes": "no" },
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
    when: "containers restart before a few of the episodes",
    says: { "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  { when: "restarts are not known", says: { "restarts-match-episodes": "unknown" }, status: "undetermined" },
  {
    when: "nothing could be read",
    says: {
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
    when: "only this is known: containers restart where the episodes begin",
    says: {
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
      "light-group-worse": "unknown",
    },
    status: "confirmed",
  },
] satisfies readonly Decision[];
