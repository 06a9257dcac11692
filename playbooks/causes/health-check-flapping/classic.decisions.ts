import type { Decision } from "../../../src/playbook.ts";
import decisions from "./decisions.ts";

export default [
  ...decisions,
  {
    when: "the nodes that fail are those without a pod",
    says: { "empty-nodes-lose-connections": "yes" },
    status: "undetermined",
  },
] satisfies readonly Decision[];
