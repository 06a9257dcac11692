import type { Decision } from "../../../src/playbook.ts";

export default [
  {
    when: "all services rose together, the pods of each are well, and the load balancer answers 500 itself",
    says: {},
    status: "confirmed",
  },
  {
    when: "all services rose together and their pods are well: that is likely at most",
    says: { "balancer-answers-errors": "no" },
    status: "supported",
  },
  {
    when: "whether the load balancer answers 500 itself is not known",
    says: { "balancer-answers-errors": "unknown" },
    status: "supported",
  },
  {
    when: "the load balancer answers a few 500 itself",
    says: { "balancer-answers-errors": "unclear" },
    status: "supported",
  },
  {
    when: "some of a service's requests are as fast as ever: what all share need not be in front of them",
    says: { "fastest-of-all-slower": "no" },
    status: "undetermined",
  },
  {
    when: "whether the fastest requests are slower is not known, and it answers 500 itself",
    says: { "fastest-of-all-slower": "unknown" },
    status: "supported",
  },
  {
    when: "the fastest requests are a little slower, and it answers 500 itself",
    says: { "fastest-of-all-slower": "unclear" },
    status: "supported",
  },
  {
    when: "the pods of one of the services are at their ceiling: the others may wait for it",
    says: { "risen-group-at-ceiling": "yes" },
    status: "undetermined",
  },
  {
    when: "the pods of some of the services could not be read",
    says: { "risen-group-at-ceiling": "unknown" },
    status: "supported",
  },
  {
    when: "the pods of some of the services are neither at a ceiling nor well",
    says: { "risen-group-at-ceiling": "unclear" },
    status: "supported",
  },
  { when: "other services stayed as they were", says: { "services-rose-together": "no" }, status: "rejected" },
  { when: "two services rose together", says: { "services-rose-together": "unclear" }, status: "undetermined" },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "the breaches lie within the usual range", says: { "within-usual-range": "yes" }, status: "undetermined" },
  {
    when: "there is no other service to compare with",
    says: { "services-rose-together": "unknown" },
    status: "undetermined",
  },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
