import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "security groups turn connections away in the episodes", says: {}, status: "confirmed" },
  {
    when: "they turn none away, and checks reach the targets",
    says: { "network-blocks": "no" },
    status: "rejected",
  },
  {
    when: "they turn some away as on any day, or something else may",
    says: { "network-blocks": "unclear" },
    status: "undetermined",
  },
  { when: "what they turn away is not known", says: { "network-blocks": "unknown" }, status: "undetermined" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: security groups turn connections away",
    says: { "network-blocks": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
