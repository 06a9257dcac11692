import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "all services rose together: that is likely at most", says: {}, status: "supported" },
  { when: "other services stayed as they were", says: { "services-rose-together": "no" }, status: "rejected" },
  { when: "two services rose together", says: { "services-rose-together": "unclear" }, status: "undetermined" },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "the breaches lie within the usual range", says: { "within-usual-range": "yes" }, status: "undetermined" },
  {
    when: "there is no other service to compare with",
    says: { "services-rose-together": "unknown" },
    status: "undetermined",
  },
  { when: "the alarm was made stricter", says: { "alarm-made-stricter": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
