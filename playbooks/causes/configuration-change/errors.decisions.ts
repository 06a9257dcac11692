import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "trouble began with a change, at equal load", says: {}, status: "confirmed" },
  { when: "nothing was changed, or it does not matter", says: { "change-made-it": "no" }, status: "rejected" },
  {
    when: "too little is known of what was before the change",
    says: { "change-made-it": "unclear" },
    status: "undetermined",
  },
  { when: "what was changed is not known", says: { "change-made-it": "unknown" }, status: "undetermined" },
  { when: "more fail since a rollout", says: { "errors-since-rollout": "yes" }, status: "undetermined" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "nothing reaches the targets", says: { "targets-unreachable": "yes" }, status: "undetermined" },
  {
    when: "checks fail though the targets serve",
    says: { "checks-fail-though-it-serves": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the errors are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "targets close idle connections first", says: { "keep-alive-shorter": "yes" }, status: "undetermined" },
  { when: "handshakes with targets fail", says: { "target-handshakes-fail": "yes" }, status: "undetermined" },
  { when: "a rule leads requests to another service", says: { "requests-moved": "yes" }, status: "undetermined" },
  {
    when: "only the lighter part of a weighted rule fails, and it gets more than it should",
    says: { "light-group-fails": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
