import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "more requests come than usual, and the queue overflows", says: {}, status: "confirmed" },
  { when: "the queue is far from full", says: { "queue-overflows": "no" }, status: "rejected" },
  { when: "it fills, or overflows in few episodes", says: { "queue-overflows": "unclear" }, status: "undetermined" },
  { when: "the queue is not known", says: { "queue-overflows": "unknown" }, status: "undetermined" },
  {
    when: "no more requests come than usual: the instances are slow",
    says: { "more-requests-than-usual": "no" },
    status: "undetermined",
  },
  { when: "somewhat more come", says: { "more-requests-than-usual": "unclear" }, status: "supported" },
  { when: "how many come is not known", says: { "more-requests-than-usual": "unknown" }, status: "undetermined" },
  { when: "no instance is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "checks fail while instances serve", says: { "checks-fail-while-serving": "yes" }, status: "undetermined" },
  { when: "containers restart then", says: { "restarts-match-episodes": "yes" }, status: "undetermined" },
  {
    when: "somewhat more come, and how many instances were healthy is not known",
    says: { "more-requests-than-usual": "unclear", "no-target-healthy": "unknown" },
    status: "undetermined",
  },
  {
    when: "somewhat more come, and it overflows in few episodes",
    says: { "more-requests-than-usual": "unclear", "queue-overflows": "unclear" },
    status: "undetermined",
  },
  {
    when: "nodes without a pod lose what the alarm counts",
    says: { "empty-nodes-lose-connections": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
