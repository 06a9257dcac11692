import type { Decision } from "../../../src/playbook.ts";
import { NOT_LET_THROUGH } from "../of-connections.decisions.ts";

export default [
  { when: "the server was read to expect what is not sent, and all connections fail", says: {}, status: "confirmed" },
  { when: "both sides agree", says: { "proxy-protocol-differs": "no" }, status: "rejected" },
  {
    when: "the server's default, or an annotation, differs from what is sent",
    says: { "proxy-protocol-differs": "unclear" },
    status: "supported",
  },
  {
    when: "what the server expects is not known",
    says: { "proxy-protocol-differs": "unknown" },
    status: "undetermined",
  },
  { when: "most connections are served", says: { "all-connections-fail": "no" }, status: "rejected" },
  { when: "many fail, and others do not", says: { "all-connections-fail": "unclear" }, status: "undetermined" },
  { when: "whether they fail is not known", says: { "all-connections-fail": "unknown" }, status: "undetermined" },
  ...NOT_LET_THROUGH,
  {
    when: "a default differs, and some connections are served",
    says: { "proxy-protocol-differs": "unclear", "all-connections-fail": "unclear" },
    status: "undetermined",
  },
  {
    when: "a default differs, and containers restart in some episodes",
    says: { "proxy-protocol-differs": "unclear", "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
