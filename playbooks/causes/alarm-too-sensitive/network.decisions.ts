import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";
import { OF_TRAFFIC } from "../of-traffic.decisions.ts";

export default [
  ...OF_TRAFFIC,
  ...NOT_SERVED,
  { when: "a recorded change made it", says: { "change-made-it": "yes" }, status: "undetermined" },
  {
    when: "targets fail their checks while their pods are ready and idle",
    says: { "checks-fail-while-ready": "yes" },
    status: "undetermined",
  },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "idle connections are broken", says: { "idle-connections-broken": "yes" }, status: "undetermined" },
  {
    when: "targets of one zone get more than those of another",
    says: { "zones-unequal": "yes" },
    status: "undetermined",
  },
] satisfies readonly Decision[];
