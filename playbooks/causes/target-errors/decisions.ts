import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "one service fails, and neither rollouts nor restarts go with it", says: {}, status: "confirmed" },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "several services fail alike", says: { "one-group-fails": "no" }, status: "rejected" },
  { when: "one service fails more than the others", says: { "one-group-fails": "unclear" }, status: "undetermined" },
  {
    when: "there are too few errors to say whose they are",
    says: { "one-group-fails": "unknown" },
    status: "undetermined",
  },
  { when: "more fail since a rollout", says: { "errors-since-rollout": "yes" }, status: "undetermined" },
  {
    when: "a rollout came just before, and nothing tells whether it was that",
    says: { "errors-since-rollout": "unclear" },
    status: "supported",
  },
  {
    when: "whether a rollout made it is not known",
    says: { "errors-since-rollout": "unknown" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  {
    when: "whether containers restart is not clear",
    says: { "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  {
    when: "whether containers restart is not known",
    says: { "restarts-match-episodes": "unknown" },
    status: "undetermined",
  },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "single errors make the breaches", says: { "errors-as-always": "yes" }, status: "undetermined" },
  {
    when: "they are 4xx, and no other requests came: the service or its clients may have changed",
    says: { "errors-of-the-service": "unclear" },
    status: "undetermined",
  },
  { when: "they are 4xx of requests in addition", says: { "errors-of-the-service": "no" }, status: "rejected" },
  {
    when: "whether requests came in addition is not known",
    says: { "errors-of-the-service": "unknown" },
    status: "undetermined",
  },
  { when: "requests moved to it from another service", says: { "requests-moved": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "one target has the errors in every episode", says: { "one-target-worse": "yes" }, status: "undetermined" },
  {
    when: "only the lighter part of a weighted rule fails, and it gets more than it should",
    says: { "light-group-fails": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: one service fails",
    says: { "one-group-fails": "yes" },
    others: "unknown",
    status: "undetermined",
  },
  ...PASSED_ON,
] satisfies readonly Decision[];
