import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "nothing reaches the targets while their pods are ready", says: {}, status: "confirmed" },
  { when: "targets answer, or refuse", says: { "targets-unreachable": "no" }, status: "rejected" },
  {
    when: "what comes back is not clearly silence",
    says: { "targets-unreachable": "unclear" },
    status: "supported",
  },
  {
    when: "whether they are reached is not known, and the rules drop the packets",
    says: { "targets-unreachable": "unknown" },
    status: "supported",
  },
  {
    when: "neither whether they are reached nor that a rule drops the packets is known",
    says: { "targets-unreachable": "unknown", "rules-drop-packets": "no" },
    status: "undetermined",
  },
  { when: "some targets are healthy at times", says: { "no-target-healthy": "unclear" }, status: "undetermined" },
  { when: "the pods are busy", says: { "pods-idle": "no" }, status: "undetermined" },
  { when: "containers restart then", says: { "restarts-match-episodes": "yes" }, status: "undetermined" },
  {
    when: "the rules let the packets through, as they are now",
    says: { "rules-drop-packets": "no" },
    status: "confirmed",
  },
  { when: "what the rules do is not known", says: { "rules-drop-packets": "unknown" }, status: "confirmed" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
