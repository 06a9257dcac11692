import type { Decision } from "../../../src/playbook.ts";
import { OF_TRAFFIC } from "../of-traffic.decisions.ts";

export default [
  ...OF_TRAFFIC,
  { when: "no appliance is in service", says: { "no-target-healthy": "yes" }, status: "undetermined" },
] satisfies readonly Decision[];
