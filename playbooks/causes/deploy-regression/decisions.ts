import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";

export default [
  {
    when: "requests are slower since a rollout, at equal load, and the alarm never fired before it",
    says: {},
    status: "confirmed",
  },
  {
    when: "requests are as fast since the rollout, at equal load",
    says: { "slower-since-rollout": "no" },
    status: "rejected",
  },
  {
    when: "the rollout was the canary's: only the lighter part of a weighted rule was given it, and the other is well",
    says: { "rollout-is-the-canary": "yes" },
    status: "rejected",
  },
  {
    when: "a rollout came before the trouble, there is no equal load to compare, and it was the canary's",
    says: { "slower-since-rollout": "unclear", "rollout-is-the-canary": "yes" },
    status: "rejected",
  },
  {
    when: "whether the rollout was the canary's is not clear",
    says: { "rollout-is-the-canary": "unclear" },
    status: "supported",
  },
  {
    when: "whether a rule splits the traffic by weight could not be read",
    says: { "rollout-is-the-canary": "unknown" },
    status: "confirmed",
  },
  {
    when: "a recorded change made it, before which all was well",
    says: { "change-made-it": "yes" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "the alarm fired in the days before the rollout, too",
    says: { "flapped-before-rollout": "yes" },
    status: "supported",
  },
  {
    when: "a rollout came before the trouble, and there is no equal load to compare",
    says: { "slower-since-rollout": "unclear" },
    status: "undetermined",
    later: "none named",
  },
  {
    when: "whether a rollout made requests slower is not known",
    says: { "slower-since-rollout": "unknown" },
    status: "undetermined",
    later: "likely at most",
  },
  {
    when: "the alarm's history before the rollout could not be read",
    says: { "flapped-before-rollout": "unknown" },
    status: "supported",
  },
  ...PASSED_ON,
  {
    when: "nothing could be read",
    says: {},
    others: "unknown",
    status: "undetermined",
    later: "likely at most",
  },
] satisfies readonly Decision[];
