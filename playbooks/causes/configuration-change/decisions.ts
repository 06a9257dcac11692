import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "trouble began with a change, at equal load", says: {}, status: "confirmed" },
  { when: "nothing was changed, or it does not matter", says: { "change-made-it": "no" }, status: "rejected" },
  {
    when: "too little is known of what was before the change",
    says: { "change-made-it": "unclear" },
    status: "undetermined",
  },
  { when: "what was changed is not known", says: { "change-made-it": "unknown" }, status: "undetermined" },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  {
    when: "one target group of a weighted rule is slower than the other",
    says: { "light-group-worse": "yes" },
    status: "undetermined",
  },
  { when: "the same pods are hot in every episode", says: { "same-pods-hot": "yes" }, status: "undetermined" },
  {
    when: "a target gets more requests in one zone than in another",
    says: { "zones-unequal": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: trouble began with a change",
    says: { "change-made-it": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
