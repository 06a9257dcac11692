import type { Decision } from "../../../src/playbook.ts";
import { NOT_AS_THE_PODS_RUN, NOT_OF_ONE_SERVICE, PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "targets leave after it became slow", says: {}, status: "confirmed" },
  { when: "no target leaves", says: { "targets-leave-when-slow": "no" }, status: "rejected" },
  {
    when: "a target left first, or one alone",
    says: { "targets-leave-when-slow": "unclear" },
    status: "undetermined",
  },
  { when: "the targets' health is not known", says: { "targets-leave-when-slow": "unknown" }, status: "undetermined" },
  ...NOT_OF_ONE_SERVICE,
  ...NOT_AS_THE_PODS_RUN,
  { when: "the pods idle: they wait for something else", says: { "pods-idle": "yes" }, status: "undetermined" },
  ...PASSED_ON,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: targets leave after it became slow",
    says: { "targets-leave-when-slow": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
