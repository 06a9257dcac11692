import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "the alarm was made stricter, and the metric is what it was", says: {}, status: "confirmed" },
  {
    when: "the alarm was not changed, or it does not matter",
    says: { "alarm-made-stricter": "no" },
    status: "rejected",
  },
  {
    when: "too little is known of what the metric was before the change",
    says: { "alarm-made-stricter": "unclear" },
    status: "undetermined",
  },
  { when: "the alarm's history is not known", says: { "alarm-made-stricter": "unknown" }, status: "undetermined" },
  {
    when: "requests are slower since a rollout, at equal load",
    says: { "slower-since-rollout": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the alarm was made stricter",
    says: { "alarm-made-stricter": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
