import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "no target is healthy in the episodes", says: {}, status: "confirmed" },
  { when: "a target is healthy all the time", says: { "no-target-healthy": "no" }, status: "rejected" },
  {
    when: "none is healthy in some of their minutes",
    says: { "no-target-healthy": "unclear" },
    status: "undetermined",
  },
  { when: "how many were healthy is not known", says: { "no-target-healthy": "unknown" }, status: "undetermined" },
  {
    when: "whether pods were ready meanwhile is not known",
    says: { "targets-unreachable": "unknown" },
    status: "undetermined",
  },
  { when: "the network drops what is sent to them", says: { "targets-unreachable": "yes" }, status: "undetermined" },
] satisfies readonly Decision[];
