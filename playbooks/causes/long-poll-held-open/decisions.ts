import type { Decision } from "../../../src/playbook.ts";
import { NOT_WITHIN_THE_PODS } from "../of-one-service.decisions.ts";

export default [
  { when: "requests take the same long time at all times, and the pods idle", says: {}, status: "confirmed" },
  { when: "nothing is held open", says: { "requests-held-open": "no" }, status: "rejected" },
  { when: "requests fail with a 5xx", says: { "requests-fail": "yes" }, status: "rejected" },
  { when: "the pods work", says: { "pods-idle": "no" }, status: "rejected" },
  ...NOT_WITHIN_THE_PODS,
  {
    when: "requests pile up on the pods to which stickiness ties clients",
    says: { "tied-clients-pile-up": "yes" },
    status: "undetermined",
  },
  { when: "some pods are hot while others idle", says: { "pods-clumped": "yes" }, status: "undetermined" },
  { when: "the pods neither idle nor work", says: { "waits-without-work": "unclear" }, status: "supported" },
  { when: "whether the pods work is not known", says: { "waits-without-work": "unknown" }, status: "supported" },
  {
    when: "the pods' CPU is not known, and the access log shows one path that holds many at once",
    says: { "pods-idle": "unknown" },
    status: "confirmed",
  },
  { when: "how many requests fail is not known", says: { "requests-fail": "unknown" }, status: "supported" },
  {
    when: "requests take long, and of no fixed length",
    says: { "requests-held-open": "unclear" },
    status: "undetermined",
  },
  {
    when: "the target group's percentiles are not known",
    says: { "requests-held-open": "unknown" },
    status: "undetermined",
  },
  {
    when: "only some of the targets are this cluster's",
    says: { "targets-of-this-cluster": "unclear" },
    status: "supported",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: requests take the same long time at all times",
    says: { "requests-held-open": "yes" },
    others: "unknown",
    status: "supported",
  },
] satisfies readonly Decision[];
