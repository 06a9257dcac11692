import type { Decision } from "../../../src/playbook.ts";
import { NOT_LOADED_PODS, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "all CPU that the pods can get is used up", says: {}, status: "confirmed" },
  { when: "there is CPU left that the pods could get", says: { "capacity-used-up": "no" }, status: "rejected" },
  ...NOT_LOADED_PODS,
  {
    when: "targets leave in many episodes, and not clearly because it is slow",
    says: { "targets-leave-when-slow": "unclear" },
    status: "undetermined",
  },
  {
    when: "another container of the pod is the busy one",
    says: { "serving-container-works": "no" },
    status: "undetermined",
  },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  { when: "the other pods have CPU to spare", says: { "fleet-has-room": "yes" }, status: "undetermined" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  { when: "a request costs more CPU than usual", says: { "work-grew": "yes" }, status: "undetermined" },
  { when: "the rollouts could not be read", says: { "rollouts-known": "unknown" }, status: "undetermined" },
  { when: "whether all CPU is used up is not clear", says: { "capacity-used-up": "unclear" }, status: "undetermined" },
  { when: "whether all CPU is used up is not known", says: { "capacity-used-up": "unknown" }, status: "undetermined" },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "undetermined",
  },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: all CPU that the pods can get is used up",
    says: { "capacity-used-up": "yes" },
    others: "unknown",
    status: "undetermined",
  },
] satisfies readonly Decision[];
