import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_RUNNING_PODS } from "../of-one-service.decisions.ts";

export default [
  {
    when: "one path owns the slow requests, at all times, and the others are as fast as ever",
    says: {},
    status: "confirmed",
  },
  { when: "several paths are slow", says: { "one-path-owns-tail": "no" }, status: "rejected" },
  { when: "the path is faster in quiet stretches", says: { "slow-path-always-slow": "no" }, status: "rejected" },
  { when: "the other paths become slow too", says: { "other-paths-as-fast": "no" }, status: "rejected" },
  {
    when: "whether the others become slow is not clear",
    says: { "other-paths-as-fast": "unclear" },
    status: "supported",
  },
  {
    when: "whether the others become slow is not known",
    says: { "other-paths-as-fast": "unknown" },
    status: "supported",
  },
  {
    when: "one path owns the slow requests, and most requests are its",
    says: { "one-path-owns-tail": "unclear" },
    status: "undetermined",
  },
  {
    when: "there is no access log",
    says: { "one-path-owns-tail": "unknown", "slow-path-always-slow": "unknown", "other-paths-as-fast": "unknown" },
    status: "undetermined",
  },
  {
    when: "how long the path takes in quiet stretches is not known",
    says: { "slow-path-always-slow": "unknown" },
    status: "undetermined",
  },
  {
    when: "how long the path takes in quiet stretches is not clear",
    says: { "slow-path-always-slow": "unclear" },
    status: "undetermined",
  },
  { when: "the slow requests are uploads", says: { "large-requests-slow": "yes" }, status: "undetermined" },
  { when: "requests are held open", says: { "requests-held-open": "yes" }, status: "undetermined" },
  {
    when: "requests wait on hot pods while others idle",
    says: { "requests-pile-up": "yes" },
    status: "undetermined",
  },
  ...NOT_OF_RUNNING_PODS,
  {
    when: "a target gets more requests in one zone than in another",
    says: { "zones-unequal": "yes" },
    status: "undetermined",
  },
  { when: "one client brings the surplus", says: { "one-client-brings-surplus": "yes" }, status: "undetermined" },
  { when: "one target is slow in every episode", says: { "one-target-slow": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
