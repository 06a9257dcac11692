import type { Decision } from "../../../src/playbook.ts";

const decisions: readonly Decision[] = [
  { when: "targets fail their checks while they serve", says: {}, status: "confirmed" },
  { when: "they do not serve then", says: { "checks-fail-though-it-serves": "no" }, status: "rejected" },
  {
    when: "they serve in some of the episodes",
    says: { "checks-fail-though-it-serves": "unclear" },
    status: "undetermined",
  },
  {
    when: "whether they serve is not known",
    says: { "checks-fail-though-it-serves": "unknown" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "they leave after it has become slow", says: { "targets-leave-when-slow": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
];

export default decisions;
