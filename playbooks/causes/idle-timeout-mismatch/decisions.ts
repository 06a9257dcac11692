import type { Decision } from "../../../src/playbook.ts";

export default [
  {
    when: "the server is told to close earlier, and a rare request is lost, at any time",
    says: {},
    status: "confirmed",
  },
  { when: "the server is told to keep connections longer", says: { "keep-alive-shorter": "no" }, status: "rejected" },
  { when: "only its default would close them earlier", says: { "keep-alive-shorter": "unclear" }, status: "supported" },
  { when: "how long it keeps them is not known", says: { "keep-alive-shorter": "unknown" }, status: "undetermined" },
  { when: "the load balancer answers with other statuses", says: { "connections-broken": "no" }, status: "rejected" },
  { when: "it answers with 502 among others", says: { "connections-broken": "unclear" }, status: "undetermined" },
  { when: "it made no 5xx", says: { "connections-broken": "unknown" }, status: "undetermined" },
  { when: "many requests are lost", says: { "few-requests-lost": "no" }, status: "undetermined" },
  { when: "pods leave where the episodes are", says: { "errors-when-pods-leave": "yes" }, status: "undetermined" },
  {
    when: "pods leave in some of the episodes, and only the default is known",
    says: { "errors-when-pods-leave": "unclear", "keep-alive-shorter": "unclear" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  {
    when: "containers restart in some, and only the default is known",
    says: { "restarts-match-episodes": "unclear", "keep-alive-shorter": "unclear" },
    status: "undetermined",
  },
  {
    when: "many are lost, and only the default is known",
    says: { "few-requests-lost": "no", "keep-alive-shorter": "unclear" },
    status: "undetermined",
  },
  {
    when: "other statuses come with them, and only the default is known",
    says: { "connections-broken": "unclear", "keep-alive-shorter": "unclear" },
    status: "undetermined",
  },
  { when: "handshakes with targets fail", says: { "target-handshakes-fail": "yes" }, status: "undetermined" },
  { when: "no target is healthy", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "whose errors they are is not known", says: { "errors-its-own": "unclear" }, status: "undetermined" },
  {
    when: "whose errors they are is not known, and only the default is",
    says: { "errors-its-own": "unclear", "keep-alive-shorter": "unclear" },
    status: "undetermined",
  },
  {
    when: "the connections broke long after the request was sent",
    says: { "broken-at-once": "no" },
    status: "rejected",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
