import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the breaches are the traffic's usual tail, scattered over time", says: {}, status: "confirmed" },
  { when: "they are another level, or come in runs", says: { "usual-traffic": "no" }, status: "rejected" },
  { when: "they are somewhat outside the usual", says: { "usual-traffic": "unclear" }, status: "undetermined" },
  { when: "the alarm does not watch traffic", says: { "usual-traffic": "unknown" }, status: "undetermined" },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "connections are refused", says: { "connections-refused": "yes" }, status: "undetermined" },
  {
    when: "the load balancer has no port left towards a target",
    says: { "balancer-out-of-connections": "yes" },
    status: "undetermined",
  },
  {
    when: "security groups turn connections away",
    says: { "security-group-blocks": "yes" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
