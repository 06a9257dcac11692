import type { Decision } from "../../../src/playbook.ts";
import { OF_TRAFFIC } from "../of-traffic.decisions.ts";

export default [
  ...OF_TRAFFIC,
  {
    when: "instances fail their checks while they serve",
    says: { "checks-fail-while-serving": "yes" },
    status: "undetermined",
  },
  { when: "the instances answer with errors", says: { "instances-answer-errors": "yes" }, status: "undetermined" },
  { when: "no instance is in service", says: { "no-target-healthy": "yes" }, status: "undetermined" },
  { when: "its queue overflows", says: { "queue-overflows": "yes" }, status: "undetermined" },
  {
    when: "single requests are lost, as where idle connections are closed",
    says: { "rare-balancer-errors": "yes" },
    status: "undetermined",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
  },
  {
    when: "nodes without a pod lose what the alarm counts",
    says: { "empty-nodes-lose-connections": "yes" },
    status: "undetermined",
  },
] satisfies readonly Decision[];
