import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_RUNNING_PODS, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "the same target is slow in every episode, and no pod is hot", says: {}, status: "confirmed" },
  { when: "no target stands out", says: { "one-target-slow": "no" }, status: "rejected" },
  { when: "which target is worst is not clear", says: { "one-target-slow": "unclear" }, status: "undetermined" },
  { when: "there is no access log", says: { "one-target-slow": "unknown" }, status: "undetermined" },
  {
    when: "requests pile up on the pods to which stickiness ties clients",
    says: { "tied-clients-pile-up": "yes" },
    status: "undetermined",
  },
  { when: "a pod is hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  { when: "whether a pod is hot is not known", says: { "pods-clumped": "unknown" }, status: "supported" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  ...NOT_OF_RUNNING_PODS,
  {
    when: "a target gets more requests in one zone than in another",
    says: { "zones-unequal": "yes" },
    status: "undetermined",
  },
  { when: "one client brings the surplus", says: { "one-client-brings-surplus": "yes" }, status: "undetermined" },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
