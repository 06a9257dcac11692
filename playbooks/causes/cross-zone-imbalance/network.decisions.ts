import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";

export default [
  { when: "it breaks in the small zone, whose targets get more, and cross-zone is off", says: {}, status: "confirmed" },
  { when: "a target gets as many in each zone", says: { "zones-unequal": "no" }, status: "rejected" },
  { when: "a target gets somewhat more in one zone", says: { "zones-unequal": "unclear" }, status: "undetermined" },
  { when: "what each zone gets is not known", says: { "zones-unequal": "unknown" }, status: "undetermined" },
  { when: "cross-zone load balancing is on", says: { "cross-zone-off": "no" }, status: "rejected" },
  { when: "the cross-zone setting is not known", says: { "cross-zone-off": "unknown" }, status: "undetermined" },
  { when: "it breaks in the other zones", says: { "trouble-in-loaded-zone": "no" }, status: "rejected" },
  { when: "it breaks here and there", says: { "trouble-in-loaded-zone": "unclear" }, status: "undetermined" },
  { when: "where it breaks is not known", says: { "trouble-in-loaded-zone": "unknown" }, status: "undetermined" },
  ...NOT_SERVED,
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  {
    when: "targets fail their checks while their pods are ready and idle",
    says: { "checks-fail-while-ready": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
