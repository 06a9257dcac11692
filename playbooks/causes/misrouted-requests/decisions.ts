import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "requests moved to the service that refuses them", says: {}, status: "confirmed" },
  { when: "no request has moved to it", says: { "requests-moved": "no" }, status: "rejected" },
  { when: "several services refuse alike", says: { "one-group-fails": "no" }, status: "rejected" },
  { when: "more requests came, and none lost them", says: { "requests-moved": "unclear" }, status: "undetermined" },
  { when: "whether requests moved is not known", says: { "requests-moved": "unknown" }, status: "undetermined" },
  { when: "they are 5xx", says: { "errors-of-the-service": "yes" }, status: "undetermined" },
  {
    when: "most of what is refused did not come in addition",
    says: { "errors-of-the-service": "unclear" },
    status: "undetermined",
  },
  { when: "containers restart then", says: { "restarts-match-episodes": "yes" }, status: "undetermined" },
  { when: "single answers make the breaches", says: { "errors-as-always": "yes" }, status: "undetermined" },
  {
    when: "only the lighter part of a weighted rule fails, and it gets more than it should",
    says: { "light-group-fails": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
