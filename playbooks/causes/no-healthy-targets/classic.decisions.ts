import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "none is in service in the episodes", says: {}, status: "confirmed" },
  { when: "one is in service all the time", says: { "no-target-healthy": "no" }, status: "rejected" },
  { when: "none is in some of their minutes", says: { "no-target-healthy": "unclear" }, status: "undetermined" },
  { when: "how many were is not known", says: { "no-target-healthy": "unknown" }, status: "undetermined" },
] satisfies readonly Decision[];
