import type { Decision } from "../../../src/playbook.ts";
import { NOT_LOADED_PODS, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "the quota throttles the pods, and there is CPU and room for more of them", says: {}, status: "confirmed" },
  { when: "the quota does not throttle", says: { "pods-throttled": "no" }, status: "rejected" },
  { when: "the autoscaler stood at its maximum", says: { "autoscaler-exhausted": "yes" }, status: "rejected" },
  { when: "the nodes are full", says: { "nodes-full": "yes" }, status: "rejected" },
  ...NOT_LOADED_PODS,
  {
    when: "targets leave in many episodes, and not clearly because it is slow",
    says: { "targets-leave-when-slow": "unclear" },
    status: "undetermined",
  },
  {
    when: "a container that requests may not pass is the busy one",
    says: { "requests-pass-busy-container": "unclear" },
    status: "undetermined",
  },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  { when: "all CPU that the pods can get is used up", says: { "capacity-used-up": "yes" }, status: "undetermined" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  { when: "the quota is not known", says: { "quota-used-up": "unknown" }, status: "undetermined" },
  { when: "the autoscaler is not known", says: { "autoscaler-exhausted": "unknown" }, status: "undetermined" },
  { when: "the nodes' CPU is not known", says: { "nodes-full": "unknown" }, status: "undetermined" },
  { when: "the rollouts could not be read", says: { "rollouts-known": "unknown" }, status: "undetermined" },
  { when: "the typical request is as fast as ever", says: { "typical-request-slower": "no" }, status: "undetermined" },
  { when: "the quota throttles a little", says: { "pods-throttled": "unclear" }, status: "undetermined" },
  { when: "throttling is not known", says: { "pods-throttled": "unknown" }, status: "undetermined" },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "undetermined",
  },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the quota throttles the pods",
    says: { "pods-throttled": "yes" },
    others: "unknown",
    status: "undetermined",
  },
] satisfies readonly Decision[];
