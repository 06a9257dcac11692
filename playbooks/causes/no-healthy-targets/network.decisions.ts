import type { Decision } from "../../../src/playbook.ts";
import { NOT_REACHING_PODS } from "../of-connections.decisions.ts";

export default [
  { when: "no target is healthy in the episodes", says: {}, status: "confirmed" },
  { when: "a target is healthy all the time", says: { "no-target-healthy": "no" }, status: "rejected" },
  {
    when: "none is healthy in some of their minutes",
    says: { "no-target-healthy": "unclear" },
    status: "undetermined",
  },
  { when: "how many were healthy is not known", says: { "no-target-healthy": "unknown" }, status: "undetermined" },
  ...NOT_REACHING_PODS.filter(({ says }) => !("balancer-out-of-connections" in says)),
  {
    when: "their pods are ready and idle: the check or the network fails",
    says: { "checks-fail-while-ready": "yes" },
    status: "undetermined",
  },
  {
    when: "whether their pods were ready is not known",
    says: { "checks-fail-while-ready": "unknown" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
