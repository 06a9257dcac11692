import type { Decision } from "../../../src/playbook.ts";

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
    when: "the alarm fired in the days before the rollout, too",
    says: { "flapped-before-rollout": "yes" },
    status: "supported",
  },
  {
    when: "a rollout came before the trouble, and there is no equal load to compare",
    says: { "slower-since-rollout": "unclear" },
    status: "undetermined",
  },
  {
    when: "whether a rollout made requests slower is not known",
    says: { "slower-since-rollout": "unknown" },
    status: "undetermined",
  },
  {
    when: "whether a rollout made requests slower is not known, and the alarm's history before the rollout could not be read",
    says: { "slower-since-rollout": "unknown", "flapped-before-rollout": "unknown" },
    status: "undetermined",
  },
  {
    when: "the alarm's history before the rollout could not be read",
    says: { "flapped-before-rollout": "unknown" },
    status: "supported",
  },
] satisfies readonly Decision[];
