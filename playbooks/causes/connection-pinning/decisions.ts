import type { Decision } from "../../../src/playbook.ts";
import { NOT_PLACED_BADLY, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "the same pods are hot in every episode behind kept connections", says: {}, status: "confirmed" },
  {
    when: "whether the same pods are hot in every episode is not clear",
    says: { "same-pods-hot": "unclear" },
    status: "undetermined",
  },
  { when: "most requests come on a new connection", says: { "connections-kept": "no" }, status: "undetermined" },
  { when: "the load balancer picks the pod itself", says: { "picked-behind-nodes": "no" }, status: "rejected" },
  { when: "all pods are equally busy", says: { "pods-alike": "yes" }, status: "rejected" },
  { when: "the hot pods change from episode to episode", says: { "same-pods-hot": "no" }, status: "rejected" },
  { when: "stickiness is on", says: { "stickiness-on": "yes" }, status: "rejected" },
  { when: "fewer than one request in ten is slower", says: { "many-requests-slower": "no" }, status: "rejected" },
  ...NOT_PLACED_BADLY,
  {
    when: "the Service behind the nodes is not known",
    says: { "picked-behind-nodes": "unknown" },
    status: "undetermined",
  },
  { when: "requests do not wait on hot pods", says: { "requests-pile-up": "no" }, status: "undetermined" },
  { when: "no pod is hot while others idle", says: { "pods-clumped": "no" }, status: "undetermined" },
  {
    when: "the pods are neither equally busy nor clearly apart",
    says: { "pods-alike": "unclear" },
    status: "undetermined",
  },
  { when: "stickiness is not known", says: { "stickiness-on": "unknown" }, status: "undetermined" },
  {
    when: "there are too few episodes to see whether the same pods are hot in each",
    says: { "same-pods-hot": "unknown" },
    status: "undetermined",
  },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "undetermined",
  },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the same pods are hot in every episode behind kept connections",
    says: { "same-pods-hot": "yes", "connections-kept": "yes" },
    others: "unknown",
    status: "undetermined",
  },
  {
    when: "a Local policy gives the hot pods more than their share",
    says: { "pick-is-blind": "yes" },
    status: "undetermined",
  },
] satisfies readonly Decision[];
