import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the nodes without a pod lose what the alarm counts", says: {}, status: "confirmed" },
  {
    when: "each node hands on or holds a pod, or hardly a connection fails",
    says: { "empty-nodes-lose-connections": "no" },
    status: "rejected",
  },
  {
    when: "they are out of service now, or more fails than they could lose",
    says: { "empty-nodes-lose-connections": "unclear" },
    status: "undetermined",
  },
  {
    when: "which nodes hold a pod is not known",
    says: { "empty-nodes-lose-connections": "unknown" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "no instance is in service", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the nodes without a pod lose what the alarm counts",
    says: { "empty-nodes-lose-connections": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
