import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  { when: "more of the requests fail since a rollout", says: {}, status: "confirmed" },
  { when: "no more fail than before it", says: { "errors-since-rollout": "no" }, status: "rejected" },
  {
    when: "there is nothing from before it to compare with",
    says: { "errors-since-rollout": "unclear" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "whether they fail since it is not known",
    says: { "errors-since-rollout": "unknown" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "a recorded change made it, before which all was well",
    says: { "change-made-it": "yes" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "containers restart where the episodes begin",
    says: { "restarts-match-episodes": "yes" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "whether containers restart is not clear",
    says: { "restarts-match-episodes": "unclear" },
    status: "confirmed",
  },
  {
    when: "what is refused came with requests in addition: others ask",
    says: { "errors-of-the-service": "no" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "the rollouts could not be read",
    says: { "rollouts-known": "unknown" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "only the lighter part of a weighted rule fails, and it gets more than it should",
    says: { "light-group-fails": "yes" },
    status: "rejected",
  },
  { when: "nothing could be read", says: {}, others: "unknown", status: "undetermined", later: "likely at most" },
  ...PASSED_ON,
] satisfies readonly Decision[];
