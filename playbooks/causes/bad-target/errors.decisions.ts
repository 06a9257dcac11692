import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "the same target answers with the errors in every episode", says: {}, status: "confirmed" },
  { when: "no target stands out", says: { "one-target-worse": "no" }, status: "rejected" },
  { when: "no target group stands out", says: { "one-group-fails": "no" }, status: "rejected" },
  { when: "which target fails is not clear", says: { "one-target-worse": "unclear" }, status: "undetermined" },
  { when: "there is no access log", says: { "one-target-worse": "unknown" }, status: "undetermined" },
  { when: "errors are there since a rollout", says: { "errors-since-rollout": "yes" }, status: "undetermined" },
  {
    when: "whether containers restart is not known",
    says: { "restarts-match-episodes": "unknown" },
    status: "supported",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the errors are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "it is a handful of errors", says: { "errors-as-always": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "a change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "requests have moved there", says: { "requests-moved": "yes" }, status: "undetermined" },
  {
    when: "the errors come with requests in addition",
    says: { "errors-of-the-service": "no" },
    status: "undetermined",
  },
  {
    when: "only the lighter part of a weighted rule fails, and it gets more than it should",
    says: { "light-group-fails": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  ...PASSED_ON,
] satisfies readonly Decision[];
