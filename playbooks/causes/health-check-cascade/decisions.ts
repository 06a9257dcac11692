import type { Decision } from "../../../src/playbook.ts";

export default [
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined" },
] satisfies readonly Decision[];
