import type { Decision } from "../../../src/playbook.ts";
import { NOT_WITHIN_THE_PODS, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "even the fastest requests are slower, and no request waits for a worker", says: {}, status: "confirmed" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "rejected" },
  { when: "fewer than one request in ten is slower", says: { "many-requests-slower": "no" }, status: "rejected" },
  { when: "the pods use all the CPU that they can", says: { "pods-have-cpu-left": "no" }, status: "rejected" },
  { when: "the quota throttles the pods", says: { "pods-throttled": "yes" }, status: "rejected" },
  { when: "the nodes are full", says: { "nodes-full": "yes" }, status: "rejected" },
  ...NOT_WITHIN_THE_PODS,
  {
    when: "another container of the pod is the busy one",
    says: { "serving-container-works": "no" },
    status: "undetermined",
  },
  { when: "the episodes bring more requests", says: { "arrivals-rose": "yes" }, status: "undetermined" },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  { when: "all CPU that the pods can get is used up", says: { "capacity-used-up": "yes" }, status: "supported" },
  { when: "the typical request is as fast as ever", says: { "typical-request-slower": "no" }, status: "undetermined" },
  {
    when: "whether the pods have CPU left is not clear",
    says: { "pods-have-cpu-left": "unclear" },
    status: "undetermined",
  },
  { when: "requests wait for a worker", says: { "queue-in-the-pods": "yes" }, status: "supported" },
  { when: "the nodes are nearly full", says: { "nodes-full": "unclear" }, status: "undetermined" },
  { when: "the rollouts could not be read", says: { "rollouts-known": "unknown" }, status: "undetermined" },
  {
    when: "the fastest requests are as fast as ever, and no other service became slow with it",
    says: { "fastest-request-slower": "no", "several-services-rose": "no" },
    status: "undetermined",
  },
  { when: "a request costs more CPU than usual", says: { "work-grew": "yes" }, status: "undetermined" },
  {
    when: "whether the fastest requests are slower is not clear",
    says: { "fastest-request-slower": "unclear" },
    status: "supported",
  },
  {
    when: "what the fastest requests take is not known",
    says: { "fastest-request-slower": "unknown" },
    status: "supported",
  },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "supported",
  },
  { when: "one target is slow in every episode", says: { "one-target-slow": "yes" }, status: "undetermined" },
  {
    when: "the path with the slow requests is as slow at other times",
    says: { "slow-path-always-slow": "yes" },
    status: "undetermined",
  },
  ...PASSED_ON,
  {
    when: "the pods are an ingress controller with backends that were as ever, and use all their CPU",
    says: { "requests-passed-on": "yes", "pods-have-cpu-left": "no" },
    status: "undetermined",
  },
  {
    when: "the pods are an ingress controller, and all its backends are slower alike",
    says: { "requests-passed-on": "unclear" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: even the fastest requests are slower",
    says: { "fastest-request-slower": "yes" },
    others: "unknown",
    status: "undetermined",
  },
] satisfies readonly Decision[];
