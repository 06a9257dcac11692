import type { Decision } from "../../src/playbook.ts";

/** Lines of the decision tables for of-traffic.ts. */
export const OF_TRAFFIC: readonly Decision[] = [
  { when: "the breaches are the traffic's usual tail, scattered over time", says: {}, status: "confirmed" },
  { when: "they are another level", says: { "usual-traffic": "no" }, status: "rejected" },
  {
    when: "they are somewhat outside the usual, or come in runs",
    says: { "usual-traffic": "unclear" },
    status: "undetermined",
  },
  { when: "the alarm watches something else", says: { "usual-traffic": "unknown" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
];
