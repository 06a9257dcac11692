import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "handshakes with targets fail, and each is a 502", says: {}, status: "confirmed" },
  { when: "none fails", says: { "target-handshakes-fail": "no" }, status: "rejected" },
  { when: "few fail, or some fail on any day", says: { "target-handshakes-fail": "unclear" }, status: "undetermined" },
  { when: "handshakes were not counted", says: { "target-handshakes-fail": "unknown" }, status: "undetermined" },
  { when: "the load balancer answers otherwise", says: { "connections-broken": "no" }, status: "rejected" },
  { when: "it answers 502 among others", says: { "connections-broken": "unclear" }, status: "undetermined" },
  { when: "it made no 5xx", says: { "connections-broken": "unknown" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "containers restart then", says: { "restarts-match-episodes": "yes" }, status: "undetermined" },
  { when: "pods leave then", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
