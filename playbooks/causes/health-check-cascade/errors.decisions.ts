import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "targets leave after it became slow, and their pods work", says: {}, status: "confirmed" },
  { when: "no target leaves", says: { "targets-leave-when-slow": "no" }, status: "rejected" },
  {
    when: "a target left first, or one alone",
    says: { "targets-leave-when-slow": "unclear" },
    status: "undetermined",
  },
  { when: "the targets' health is not known", says: { "targets-leave-when-slow": "unknown" }, status: "undetermined" },
  { when: "the pods idle: they wait for something else", says: { "pods-idle": "yes" }, status: "undetermined" },
  { when: "whether the pods idle is not known", says: { "pods-idle": "unknown" }, status: "undetermined" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
