import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";

export default [
  { when: "targets fail their checks while their pods are ready and idle", says: {}, status: "confirmed" },
  { when: "pods are not ready then", says: { "checks-fail-while-ready": "no" }, status: "rejected" },
  { when: "the pods work hard", says: { "checks-fail-while-ready": "unclear" }, status: "undetermined" },
  {
    when: "whether they are ready is not known",
    says: { "checks-fail-while-ready": "unknown" },
    status: "undetermined",
  },
  ...NOT_SERVED,
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "it breaks in the loaded zone", says: { "trouble-in-loaded-zone": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
