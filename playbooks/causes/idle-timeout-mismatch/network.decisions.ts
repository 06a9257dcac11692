import type { Decision } from "../../../src/playbook.ts";
import { NOT_SERVED } from "../of-connections.decisions.ts";

export default [
  {
    when: "the side that resets is the one that was told to forget first, now and then",
    says: {},
    status: "confirmed",
  },
  { when: "the other side was told to forget first", says: { "idle-connections-broken": "no" }, status: "rejected" },
  { when: "only a default says so", says: { "idle-connections-broken": "unclear" }, status: "supported" },
  {
    when: "how long the server keeps them is not known",
    says: { "idle-connections-broken": "unknown" },
    status: "undetermined",
  },
  { when: "clients close them", says: { "connections-cut-off": "no" }, status: "rejected" },
  { when: "clients close some of them", says: { "connections-cut-off": "unclear" }, status: "undetermined" },
  { when: "who closes them is not known", says: { "connections-cut-off": "unknown" }, status: "undetermined" },
  { when: "many are broken", says: { "few-connections-broken": "no" }, status: "undetermined" },
  { when: "pods leave in some episodes", says: { "errors-when-pods-leave": "unclear" }, status: "undetermined" },
  {
    when: "containers restart in some episodes",
    says: { "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  ...NOT_SERVED,
  { when: "checks fail while pods are ready", says: { "checks-fail-while-ready": "yes" }, status: "undetermined" },
  { when: "it breaks in the loaded zone", says: { "trouble-in-loaded-zone": "yes" }, status: "undetermined" },
  {
    when: "many are broken, and only a default is known",
    says: { "idle-connections-broken": "unclear", "few-connections-broken": "no" },
    status: "undetermined",
  },
  {
    when: "clients close some, and only a default is known",
    says: { "idle-connections-broken": "unclear", "connections-cut-off": "unclear" },
    status: "undetermined",
  },
  {
    when: "pods leave in some episodes, and only a default is known",
    says: { "idle-connections-broken": "unclear", "errors-when-pods-leave": "unclear" },
    status: "undetermined",
  },
  {
    when: "containers restart in some, and only a default is known",
    says: { "idle-connections-broken": "unclear", "restarts-match-episodes": "unclear" },
    status: "undetermined",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
