import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_ONE_SERVICE, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "containers restart where the episodes begin", says: {}, status: "confirmed" },
  {
    when: "no container restarts where the episodes begin",
    says: { "restarts-match-episodes": "no" },
    status: "rejected",
  },
  ...NOT_OF_ONE_SERVICE,
  {
    when: "one target group of a weighted rule is slower than the other",
    says: { "light-group-worse": "yes" },
    status: "undetermined",
  },
  {
    when: "containers restart before a few of the episodes",
    says: { "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  { when: "restarts are not known", says: { "restarts-match-episodes": "unknown" }, status: "undetermined" },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
