import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "single errors or the usual 4xx breach, and nothing goes with them", says: {}, status: "confirmed" },
  {
    when: "the breaching datapoints hold many errors, and no usual amount of 4xx",
    says: { "errors-as-always": "no" },
    status: "rejected",
  },
  { when: "they hold some, or more 4xx than usual", says: { "errors-as-always": "unclear" }, status: "undetermined" },
  { when: "how many they hold is not known", says: { "errors-as-always": "unknown" }, status: "undetermined" },
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  { when: "more fail since a rollout", says: { "errors-since-rollout": "yes" }, status: "undetermined" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
