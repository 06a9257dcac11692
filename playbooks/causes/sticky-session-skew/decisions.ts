import type { Decision } from "../../../src/playbook.ts";
import { NOT_BOUND_BADLY, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "the same pods are hot in every episode, and stickiness is on", says: {}, status: "confirmed" },
  {
    when: "whether the same pods are hot in every episode is not clear",
    says: { "same-pods-hot": "unclear" },
    status: "supported",
  },
  { when: "stickiness is not known", says: { "stickiness-on": "unknown" }, status: "undetermined" },
  { when: "nothing binds a client to a pod", says: { "stickiness-on": "no" }, status: "rejected" },
  { when: "all pods are equally busy", says: { "pods-alike": "yes" }, status: "undetermined" },
  { when: "the hot pods change from episode to episode", says: { "same-pods-hot": "no" }, status: "undetermined" },
  { when: "fewer than one request in ten is slower", says: { "many-requests-slower": "no" }, status: "rejected" },
  ...NOT_BOUND_BADLY,
  { when: "requests do not wait on hot pods", says: { "requests-pile-up": "no" }, status: "undetermined" },
  {
    when: "the pods are neither equally busy nor clearly apart, and yet requests pile up on some",
    says: { "pods-alike": "unclear" },
    status: "confirmed",
  },
  { when: "whether the pods are equally busy is not known", says: { "pods-alike": "unknown" }, status: "undetermined" },
  { when: "the pods have CPU to spare", says: { "pods-have-cpu-left": "yes" }, status: "undetermined" },
  {
    when: "whether clients tie requests to the hot pods is not clear",
    says: { "tied-clients-pile-up": "unclear" },
    status: "supported",
  },
  {
    when: "there are too few episodes to see whether the same pods are hot in each",
    says: { "same-pods-hot": "unknown" },
    status: "supported",
  },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "supported",
  },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the same pods are hot in every episode, and stickiness is on",
    says: { "same-pods-hot": "yes", "stickiness-on": "yes" },
    others: "unknown",
    status: "undetermined",
  },
  {
    when: "a Local policy gives the hot pods more than their share",
    says: { "pick-is-blind": "yes" },
    status: "undetermined",
  },
] satisfies readonly Decision[];
