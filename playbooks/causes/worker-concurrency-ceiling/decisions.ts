import type { Decision } from "../../../src/playbook.ts";
import { NOT_LOADED_PODS, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  {
    when: "all workers are taken, and more requests are in flight than there are workers",
    says: {},
    status: "confirmed",
  },
  { when: "whether all workers are taken is not clear", says: { "workers-all-taken": "unclear" }, status: "supported" },
  {
    when: "more requests are in flight than there are workers, in few episodes only",
    says: { "in-flight-above-workers": "unclear" },
    status: "supported",
  },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "rejected" },
  {
    when: "whether pods idle beside hot ones is not known",
    says: { "pods-clumped": "unknown" },
    status: "supported",
  },
  { when: "the quota throttles the pods", says: { "pods-throttled": "yes" }, status: "rejected" },
  {
    when: "full nodes keep CPU from the workers",
    says: { "full-nodes-starve-workers": "yes" },
    status: "rejected",
  },
  { when: "workers are free", says: { "workers-all-taken": "no" }, status: "rejected" },
  { when: "the pods use up their quota", says: { "quota-used-up": "yes" }, status: "rejected" },
  {
    when: "fewer requests are in flight than there are workers",
    says: { "in-flight-above-workers": "no" },
    status: "rejected",
  },
  ...NOT_LOADED_PODS,
  {
    when: "targets leave in many episodes, and not clearly because it is slow",
    says: { "targets-leave-when-slow": "unclear" },
    status: "supported",
  },
  {
    when: "another container of the pod is the busy one",
    says: { "serving-container-works": "no" },
    status: "undetermined",
  },
  { when: "all CPU that the pods can get is used up", says: { "capacity-used-up": "yes" }, status: "undetermined" },
  { when: "no request waits for a worker", says: { "queue-in-the-pods": "no" }, status: "undetermined" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  {
    when: "whether full nodes keep CPU from the workers is not clear",
    says: { "full-nodes-starve-workers": "unclear" },
    status: "undetermined",
  },
  { when: "the quota is not known", says: { "quota-used-up": "unknown" }, status: "supported" },
  { when: "a request costs more CPU than usual", says: { "work-grew": "yes" }, status: "supported" },
  { when: "the rollouts could not be read", says: { "rollouts-known": "unknown" }, status: "undetermined" },
  {
    when: "whether all workers are taken is not clear, and taken ones would not look like this",
    says: { "workers-all-taken": "unclear", "workers-may-be-taken": "no" },
    status: "undetermined",
  },
  { when: "the number of workers is not known", says: { "workers-all-taken": "unknown" }, status: "supported" },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "supported",
  },
  {
    when: "the same pods are hot, and clients or kept connections are tied to them",
    says: { "bound-pods-hot": "yes" },
    status: "undetermined",
  },
  {
    when: "clients are tied to pods, and whether the same pods are hot is not clear",
    says: { "bound-pods-hot": "unclear" },
    status: "supported",
  },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: all workers are taken, and more requests are in flight than there are workers",
    says: { "workers-all-taken": "yes", "in-flight-above-workers": "yes" },
    others: "unknown",
    status: "undetermined",
  },
] satisfies readonly Decision[];
