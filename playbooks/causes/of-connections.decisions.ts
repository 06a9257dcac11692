import type { Decision } from "../../src/playbook.ts";

/** Lines of the decision tables for the conditions of of-connections.ts. */
export const NOT_LET_THROUGH: readonly Decision[] = [
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  {
    when: "security groups turn connections away",
    says: { "network-blocks": "yes" },
    status: "undetermined",
  },
];

export const NOT_REACHING_PODS: readonly Decision[] = [
  ...NOT_LET_THROUGH,
  { when: "only one side speaks PROXY protocol", says: { "proxy-protocol-differs": "yes" }, status: "undetermined" },
  {
    when: "the nodes that fail are those without a pod",
    says: { "nodes-without-pod-fail": "yes" },
    status: "undetermined",
  },
  {
    when: "the load balancer has no port left towards a target",
    says: { "balancer-out-of-connections": "yes" },
    status: "undetermined",
  },
];

export const NOT_SERVED: readonly Decision[] = [
  ...NOT_REACHING_PODS,
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
];
