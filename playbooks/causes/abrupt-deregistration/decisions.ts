import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "requests are lost when pods leave, and not otherwise", says: {}, status: "confirmed" },
  { when: "no pod left in the episodes", says: { "errors-when-pods-leave": "no" }, status: "rejected" },
  { when: "pods left in some of the episodes", says: { "errors-when-pods-leave": "unclear" }, status: "undetermined" },
  { when: "when pods left is not known", says: { "errors-when-pods-leave": "unknown" }, status: "undetermined" },
  { when: "the load balancer answers with other statuses", says: { "requests-cut-off": "no" }, status: "rejected" },
  { when: "it answers with 502 and 504 among others", says: { "requests-cut-off": "unclear" }, status: "confirmed" },
  { when: "it made no 5xx", says: { "requests-cut-off": "unknown" }, status: "undetermined" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
