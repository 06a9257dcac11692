import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the target group with the small weight is slower than the one beside it", says: {}, status: "confirmed" },
  {
    when: "the target groups of the weighted rule are equally fast",
    says: { "light-group-worse": "no" },
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
    when: "one target group of a weighted rule is a little slower than the other",
    says: { "light-group-worse": "unclear" },
    status: "undetermined",
  },
  {
    when: "there is nothing to compare the target group of the weighted rule with",
    says: { "light-group-worse": "unknown" },
    status: "undetermined",
  },
  {
    when: "nothing could be read",
    says: {
      "light-group-worse": "unknown",
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
    },
    status: "undetermined",
  },
  {
    when: "only this is known: the target group with the small weight is slower than the one beside it",
    says: {
      "slower-since-rollout": "unknown",
      "services-rose-together": "unknown",
      "one-request-breaches": "unknown",
      "one-service-stands-out": "unknown",
    },
    status: "confirmed",
  },
] satisfies readonly Decision[];
