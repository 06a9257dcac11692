import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  {
    when: "only the target group with the small weight fails, and it gets more than it did",
    says: {},
    status: "confirmed",
  },
  { when: "both fail alike, or no rule is weighted", says: { "light-group-fails": "no" }, status: "rejected" },
  {
    when: "it fails, and its weight is neither new nor too large",
    says: { "light-group-fails": "unclear" },
    status: "undetermined",
  },
  {
    when: "there are too few requests to compare the two",
    says: { "light-group-fails": "unknown" },
    status: "undetermined",
  },
  { when: "the alarm was made stricter", says: { "alarm-made-stricter": "yes" }, status: "undetermined" },
  { when: "one target has the errors in every episode", says: { "one-target-worse": "yes" }, status: "undetermined" },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the errors are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "single errors make the breaches", says: { "errors-as-always": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: the target group with the small weight fails",
    says: { "light-group-fails": "yes" },
    others: "unknown",
    status: "confirmed",
  },
  ...PASSED_ON,
] satisfies readonly Decision[];
