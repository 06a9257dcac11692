import type { Decision } from "../../../src/playbook.ts";
import { NOT_PLACED_BADLY, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "some pods are hot while others idle, and which ones changes", says: {}, status: "confirmed" },
  { when: "all pods are equally busy", says: { "pods-alike": "yes" }, status: "rejected" },
  {
    when: "the same pods are hot in every episode, and no Local policy explains it",
    says: { "pick-is-blind": "no" },
    status: "rejected",
  },
  { when: "the whole fleet is as busy as its hottest pods", says: { "fleet-has-room": "no" }, status: "rejected" },
  { when: "fewer than one request in ten is slower", says: { "many-requests-slower": "no" }, status: "rejected" },
  {
    when: "by the access log slow requests do not care to which target they went",
    says: { "pods-clumped": "unknown", "requests-clumped": "no" },
    status: "rejected",
  },
  ...NOT_PLACED_BADLY,
  { when: "the quota throttles the pods", says: { "pods-throttled": "yes" }, status: "undetermined" },
  { when: "the pods have CPU to spare", says: { "pods-have-cpu-left": "yes" }, status: "undetermined" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  {
    when: "whether the same pods are hot in every episode is not clear",
    says: { "pick-is-blind": "unclear" },
    status: "supported",
  },
  {
    when: "the pods are neither equally busy nor clearly apart",
    says: { "pods-alike": "unclear" },
    status: "confirmed",
  },
  {
    when: "whether the other pods have room is not clear",
    says: { "fleet-has-room": "unclear" },
    status: "undetermined",
  },
  {
    when: "whether every tenth request is slower is not clear",
    says: { "many-requests-slower": "unclear" },
    status: "undetermined",
  },
  { when: "stickiness or session affinity ties clients", says: { "stickiness-on": "yes" }, status: "undetermined" },
  {
    when: "requests do not wait on hot pods",
    says: { "requests-pile-up": "no" },
    status: "supported",
  },
  {
    when: "no pod is hot while others idle",
    says: { "pods-clumped": "no", "requests-clumped": "unclear" },
    status: "undetermined",
  },
  {
    when: "some pods are hot while others idle, now and then",
    says: { "pods-clumped": "unclear", "requests-clumped": "unclear" },
    status: "undetermined",
  },
  {
    when: "neither the pods' CPU minute by minute nor an access log is known",
    says: { "pods-clumped": "unknown", "requests-clumped": "unknown" },
    status: "undetermined",
  },
  {
    when: "the pods' CPU is not known, and by the access log requests wait at some targets while others are free",
    says: { "pods-clumped": "unknown", "fleet-has-room": "unknown" },
    status: "supported",
  },
  {
    when: "the pods' CPU and the access log contradict each other",
    says: { "requests-clumped": "unclear" },
    status: "undetermined",
  },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "supported",
  },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: some pods are hot while others idle",
    says: { "pods-clumped": "yes" },
    others: "unknown",
    status: "undetermined",
  },
  {
    when: "whether the same pods are hot is not known, and the episodes begin after new pods while the load rose",
    says: { "pick-is-blind": "unknown", "slow-after-new-pods": "unclear" },
    status: "undetermined",
  },
] satisfies readonly Decision[];
