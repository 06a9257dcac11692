import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_NEW_PODS, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "the episodes begin just after new pods, at no more load", says: {}, status: "confirmed" },
  { when: "the episodes do not begin after new pods", says: { "slow-after-new-pods": "no" }, status: "rejected" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "rejected",
  },
  ...NOT_OF_NEW_PODS,
  {
    when: "one target group of a weighted rule is slower than the other",
    says: { "light-group-worse": "yes" },
    status: "undetermined",
  },
  {
    when: "the episodes begin after new pods and with more load",
    says: { "slow-after-new-pods": "unclear" },
    status: "undetermined",
  },
  { when: "when pods began is not known", says: { "slow-after-new-pods": "unknown" }, status: "undetermined" },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the episodes begin just after new pods, at no more load",
    says: { "slow-after-new-pods": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
