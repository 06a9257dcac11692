import type { Decision } from "../../../src/playbook.ts";
import { NOT_LET_THROUGH } from "../of-connections.decisions.ts";

export default [
  { when: "the nodes that fail are those without a pod", says: {}, status: "confirmed" },
  {
    when: "each node hands on, or holds a pod",
    says: { "nodes-without-pod-fail": "no" },
    status: "rejected",
  },
  {
    when: "others fail as well, or none fails now",
    says: { "nodes-without-pod-fail": "unclear" },
    status: "undetermined",
  },
  {
    when: "which nodes hold a pod is not known",
    says: { "nodes-without-pod-fail": "unknown" },
    status: "undetermined",
  },
  ...NOT_LET_THROUGH,
  { when: "only one side speaks PROXY protocol", says: { "proxy-protocol-differs": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the nodes that fail are those without a pod",
    says: { "nodes-without-pod-fail": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
