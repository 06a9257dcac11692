import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";

export default [
  { when: "trouble began with a change, at equal load", says: {}, status: "confirmed" },
  { when: "nothing was changed, or it does not matter", says: { "change-made-it": "no" }, status: "rejected" },
  {
    when: "too little is known of what was before the change",
    says: { "change-made-it": "unclear" },
    status: "undetermined",
  },
  { when: "what was changed is not known", says: { "change-made-it": "unknown" }, status: "undetermined" },
  ...NOT_SERVED,
  {
    when: "targets fail their checks while their pods are ready and idle",
    says: { "checks-fail-while-ready": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the resets are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "idle connections are broken", says: { "idle-connections-broken": "yes" }, status: "undetermined" },
  {
    when: "the trouble is in the zone whose targets get most",
    says: { "trouble-in-loaded-zone": "yes" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: trouble began with a change, at equal load",
    says: { "change-made-it": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
