import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the breaches are strewn, within the usual range, and no service stands out", says: {}, status: "confirmed" },
  { when: "the breaches are far outside the usual range", says: { "within-usual-range": "no" }, status: "rejected" },
  { when: "the breaches come in runs", says: { "breaches-in-runs": "yes" }, status: "rejected" },
  { when: "one service is clearly slower than usual", says: { "one-service-stands-out": "yes" }, status: "rejected" },
  {
    when: "there are too few breaches to see an order in them",
    says: { "breaches-in-runs": "unknown" },
    status: "supported",
  },
  {
    when: "one service is a little slower than usual",
    says: { "one-service-stands-out": "unclear" },
    status: "undetermined",
  },
  {
    when: "the breaches are somewhat outside the usual range",
    says: { "within-usual-range": "unclear" },
    status: "undetermined",
  },
  { when: "the usual range is not known", says: { "within-usual-range": "unknown" }, status: "undetermined" },
  {
    when: "requests pile up on the pods to which stickiness ties clients",
    says: { "tied-clients-pile-up": "yes" },
    status: "undetermined",
  },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  {
    when: "the breaching datapoints hold a handful of requests",
    says: { "few-requests": "yes" },
    status: "undetermined",
  },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the breaches lie within the usual range",
    says: { "within-usual-range": "yes" },
    others: "unknown",
    status: "undetermined",
  },
] satisfies readonly Decision[];
