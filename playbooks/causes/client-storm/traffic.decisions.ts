import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "more requests came, and one client brought the surplus", says: {}, status: "confirmed" },
  { when: "the surplus is that of many clients", says: { "one-client-brings-surplus": "no" }, status: "rejected" },
  { when: "no more requests came than usual", says: { "requests-rose": "no" }, status: "rejected" },
  { when: "fewer targets shared the requests", says: { "fewer-targets-share": "yes" }, status: "undetermined" },
  {
    when: "how many targets shared them is not known",
    says: { "fewer-targets-share": "unknown" },
    status: "confirmed",
  },
  {
    when: "whether it is one client is not clear",
    says: { "one-client-brings-surplus": "unclear" },
    status: "undetermined",
  },
  { when: "there is no access log", says: { "one-client-brings-surplus": "unknown" }, status: "undetermined" },
  { when: "whether more requests came is not clear", says: { "requests-rose": "unclear" }, status: "supported" },
  { when: "the requests could not be read", says: { "requests-rose": "unknown" }, status: "undetermined" },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
