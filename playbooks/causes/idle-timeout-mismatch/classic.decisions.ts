import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the server is told to close earlier, and a rare request is lost", says: {}, status: "confirmed" },
  { when: "it is told to keep them longer", says: { "keep-alive-shorter": "no" }, status: "rejected" },
  { when: "only its default would close them earlier", says: { "keep-alive-shorter": "unclear" }, status: "supported" },
  { when: "how long it keeps them is not known", says: { "keep-alive-shorter": "unknown" }, status: "undetermined" },
  { when: "many are lost, or none", says: { "rare-balancer-errors": "no" }, status: "rejected" },
  { when: "some are lost", says: { "rare-balancer-errors": "unclear" }, status: "undetermined" },
  { when: "what is lost is not known", says: { "rare-balancer-errors": "unknown" }, status: "undetermined" },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "checks fail while instances serve", says: { "checks-fail-while-serving": "yes" }, status: "undetermined" },
  { when: "instances answer errors", says: { "instances-answer-errors": "yes" }, status: "undetermined" },
  { when: "containers restart then", says: { "restarts-match-episodes": "yes" }, status: "undetermined" },
  { when: "no instance is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "the queue overflows", says: { "queue-overflows": "yes" }, status: "undetermined" },
  {
    when: "some are lost, and only the default is known",
    says: { "keep-alive-shorter": "unclear", "rare-balancer-errors": "unclear" },
    status: "undetermined",
  },
  {
    when: "pods leave in some episodes, and only the default is known",
    says: { "keep-alive-shorter": "unclear", "errors-when-pods-leave": "unclear" },
    status: "undetermined",
  },
  {
    when: "containers restart in some, and only the default is known",
    says: { "keep-alive-shorter": "unclear", "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  {
    when: "the queue fills, and only the default is known",
    says: { "keep-alive-shorter": "unclear", "queue-overflows": "unclear" },
    status: "undetermined",
  },
  {
    when: "nodes without a pod lose what the alarm counts",
    says: { "empty-nodes-lose-connections": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
