import type { Decision } from "../../../src/playbook.ts";
import { OF_TRAFFIC } from "../of-traffic.decisions.ts";

export default [
  ...OF_TRAFFIC,
  { when: "connections are refused", says: { "connections-refused": "yes" }, status: "undetermined" },
] satisfies readonly Decision[];
