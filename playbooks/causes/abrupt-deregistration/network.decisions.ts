import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";

export default [
  { when: "connections are reset when pods leave, and not otherwise", says: {}, status: "confirmed" },
  { when: "no pod left in the episodes", says: { "errors-when-pods-leave": "no" }, status: "rejected" },
  { when: "pods left in some of the episodes", says: { "errors-when-pods-leave": "unclear" }, status: "undetermined" },
  { when: "when pods left is not known", says: { "errors-when-pods-leave": "unknown" }, status: "undetermined" },
  { when: "clients close them", says: { "connections-cut-off": "no" }, status: "rejected" },
  { when: "clients close some of them", says: { "connections-cut-off": "unclear" }, status: "confirmed" },
  { when: "who closes them is not known", says: { "connections-cut-off": "unknown" }, status: "undetermined" },
  ...NOT_SERVED,
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
