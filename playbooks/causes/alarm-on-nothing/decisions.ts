import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "what it watches is gone, or has nothing to tell", says: {}, status: "confirmed" },
  { when: "what it watches is there and has datapoints", says: { "watches-nothing": "no" }, status: "rejected" },
  {
    when: "it has no datapoint in this window, and had some before",
    says: { "watches-nothing": "unclear" },
    status: "undetermined",
  },
  { when: "whether it has data is not known", says: { "watches-nothing": "unknown" }, status: "undetermined" },
] satisfies readonly Decision[];
