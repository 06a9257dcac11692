import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";

export default [
  { when: "no port towards a target is free in the episodes", says: {}, status: "confirmed" },
  {
    when: "a port was always free, and nothing was rejected",
    says: { "balancer-out-of-connections": "no" },
    status: "rejected",
  },
  {
    when: "connections are rejected, or dropped in few episodes",
    says: { "balancer-out-of-connections": "unclear" },
    status: "undetermined",
  },
  {
    when: "what it drops is not known",
    says: { "balancer-out-of-connections": "unknown" },
    status: "undetermined",
  },
  ...NOT_SERVED.filter(({ says }) => !("balancer-out-of-connections" in says)),
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: no port towards a target is free",
    says: { "balancer-out-of-connections": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
