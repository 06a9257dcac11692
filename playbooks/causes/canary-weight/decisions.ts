import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_ONE_TARGET_GROUP } from "../of-one-service.decisions.ts";

export default [
  { when: "the target group with the small weight is slower than the one beside it", says: {}, status: "confirmed" },
  {
    when: "the target groups of the weighted rule are equally fast",
    says: { "light-group-worse": "no" },
    status: "rejected",
  },
  ...NOT_OF_ONE_TARGET_GROUP,
  {
    when: "the slower target group is the heavier part of its rule, and slower since a rollout",
    says: { "rollout-is-the-canary": "no" },
    status: "undetermined",
  },
  {
    when: "the slower target group is the heavier part of its rule, and no rollout made it slower",
    says: { "rollout-is-the-canary": "unclear" },
    status: "confirmed",
  },
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
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the target group with the small weight is slower than the one beside it",
    says: { "light-group-worse": "yes", "rollout-is-the-canary": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
