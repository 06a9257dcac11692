import type { Decision } from "../../../src/playbook.ts";

const errors: readonly Decision[] = [
  { when: "containers restart where the episodes begin", says: {}, status: "confirmed" },
  { when: "no container restarts then", says: { "restarts-match-episodes": "no" }, status: "rejected" },
  { when: "only in some of the episodes", says: { "restarts-match-episodes": "unclear" }, status: "undetermined" },
  {
    when: "whether containers restart is not known",
    says: { "restarts-match-episodes": "unknown" },
    status: "undetermined",
  },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "how many targets were healthy is not known", says: { "no-target-healthy": "unknown" }, status: "confirmed" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    others: "unknown",
    status: "confirmed",
  },
];

export default errors;
