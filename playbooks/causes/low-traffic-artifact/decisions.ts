import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "one slow request of a handful makes each breach", says: {}, status: "confirmed" },
  {
    when: "the breaching datapoints hold neither few nor many requests",
    says: { "few-requests": "unclear" },
    status: "undetermined",
  },
  {
    when: "one request alone makes about half of the breaches",
    says: { "one-request-breaches": "unclear" },
    status: "undetermined",
  },
  { when: "the breaching datapoints hold many requests", says: { "few-requests": "no" }, status: "rejected" },
  {
    when: "the datapoints breach without their slowest request, too",
    says: { "one-request-breaches": "no" },
    status: "rejected",
  },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "all services rose together", says: { "services-rose-together": "yes" }, status: "undetermined" },
  {
    when: "how many requests the datapoints hold is not known",
    says: { "few-requests": "unknown" },
    status: "undetermined",
  },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: one slow request of a handful makes each breach",
    says: { "few-requests": "yes", "one-request-breaches": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
