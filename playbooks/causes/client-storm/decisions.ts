import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_RUNNING_PODS } from "../of-one-service.decisions.ts";

export default [
  { when: "one client brings the surplus before it is slow", says: {}, status: "confirmed" },
  { when: "many clients bring it", says: { "one-client-brings-surplus": "no" }, status: "rejected" },
  { when: "no more requests arrive than usual", says: { "arrivals-rose": "no" }, status: "rejected" },
  {
    when: "a part of the surplus comes from one client",
    says: { "one-client-brings-surplus": "unclear" },
    status: "undetermined",
  },
  { when: "there is no access log", says: { "one-client-brings-surplus": "unknown" }, status: "undetermined" },
  { when: "whether more requests arrive is not clear", says: { "arrivals-rose": "unclear" }, status: "supported" },
  { when: "whether more requests arrive is not known", says: { "arrivals-rose": "unknown" }, status: "undetermined" },
  {
    when: "the client sends again what was slow",
    says: { "surplus-sent-again": "yes" },
    status: "supported",
  },
  { when: "it may send again what it gave up", says: { "surplus-sent-again": "unclear" }, status: "supported" },
  {
    when: "whether it sends anything again is not known",
    says: { "surplus-sent-again": "unknown" },
    status: "supported",
  },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  {
    when: "requests pile up on the pods to which stickiness ties clients",
    says: { "tied-clients-pile-up": "yes" },
    status: "undetermined",
  },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  ...NOT_OF_RUNNING_PODS,
  {
    when: "a target gets more requests in one zone than in another",
    says: { "zones-unequal": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
