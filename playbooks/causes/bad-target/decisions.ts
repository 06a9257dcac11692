import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the same target is slow in every episode, and no pod is hot", says: {}, status: "confirmed" },
  { when: "no target stands out", says: { "one-target-worse": "no" }, status: "rejected" },
  { when: "all services rose together", says: { "services-rose-together": "yes" }, status: "rejected" },
  { when: "which target is worst is not clear", says: { "one-target-worse": "unclear" }, status: "undetermined" },
  { when: "there is no access log", says: { "one-target-worse": "unknown" }, status: "undetermined" },
  { when: "a pod is hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  { when: "whether a pod is hot is not known", says: { "pods-clumped": "unknown" }, status: "supported" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "supported" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "supported",
  },
  { when: "it is slow after new pods", says: { "slow-after-new-pods": "yes" }, status: "supported" },
  { when: "it is slower since a rollout", says: { "slower-since-rollout": "yes" }, status: "supported" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
