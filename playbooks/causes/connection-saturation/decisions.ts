import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "connections are refused in a flash of traffic", says: {}, status: "confirmed" },
  { when: "none is refused and there is room", says: { "connections-refused": "no" }, status: "rejected" },
  {
    when: "some are refused in few of the episodes",
    says: { "connections-refused": "unclear" },
    status: "undetermined",
  },
  { when: "whether any is refused is not known", says: { "connections-refused": "unknown" }, status: "undetermined" },
  { when: "no more connections come than usual", says: { "connections-surged": "no" }, status: "undetermined" },
  { when: "somewhat more connections come", says: { "connections-surged": "unclear" }, status: "supported" },
  { when: "how many came before is not known", says: { "connections-surged": "unknown" }, status: "supported" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
