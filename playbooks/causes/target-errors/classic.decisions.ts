import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "instances answer with errors, and no container restarts", says: {}, status: "confirmed" },
  { when: "they answer none", says: { "instances-answer-errors": "no" }, status: "rejected" },
  {
    when: "they answer some, as at other times",
    says: { "instances-answer-errors": "unclear" },
    status: "undetermined",
  },
  { when: "what they answer is not known", says: { "instances-answer-errors": "unknown" }, status: "undetermined" },
  {
    when: "whether containers restart is not known: plain instances",
    says: { "restarts-match-episodes": "unknown" },
    status: "supported",
  },
  { when: "checks fail while instances serve", says: { "checks-fail-while-serving": "yes" }, status: "undetermined" },
  { when: "containers restart then", says: { "restarts-match-episodes": "yes" }, status: "undetermined" },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "no instance is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "the queue overflows", says: { "queue-overflows": "yes" }, status: "undetermined" },
  {
    when: "plain instances, and how many were healthy is not known",
    says: { "restarts-match-episodes": "unknown", "no-target-healthy": "unknown" },
    status: "undetermined",
  },
  {
    when: "plain instances, and whether the queue overflows is not known",
    says: { "restarts-match-episodes": "unknown", "queue-overflows": "unknown" },
    status: "undetermined",
  },
  {
    when: "plain instances, and errors as at other times",
    says: { "restarts-match-episodes": "unknown", "instances-answer-errors": "unclear" },
    status: "undetermined",
  },
  {
    when: "nodes without a pod lose what the alarm counts",
    says: { "empty-nodes-lose-connections": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
