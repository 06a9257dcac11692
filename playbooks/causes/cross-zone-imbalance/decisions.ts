import type { Decision } from "../../../src/playbook.ts";
import { NOT_OF_ITS_ZONES } from "../of-one-service.decisions.ts";

export default [
  {
    when: "a target gets more requests in the small zone, and cross-zone load balancing is off",
    says: {},
    status: "confirmed",
  },
  {
    when: "a target gets somewhat more requests in one zone",
    says: { "zones-unequal": "unclear" },
    status: "undetermined",
  },
  { when: "the cross-zone setting is not known", says: { "cross-zone-off": "unknown" }, status: "undetermined" },
  { when: "a target gets as many requests in each zone", says: { "zones-unequal": "no" }, status: "rejected" },
  { when: "cross-zone load balancing is on", says: { "cross-zone-off": "no" }, status: "rejected" },
  ...NOT_OF_ITS_ZONES,
  { when: "the zones' requests are not known", says: { "zones-unequal": "unknown" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
  {
    when: "only this is known: a target gets more requests in the small zone, and cross-zone load balancing is off",
    says: { "zones-unequal": "yes", "cross-zone-off": "yes" },
    others: "unknown",
    status: "confirmed",
  },
] satisfies readonly Decision[];
