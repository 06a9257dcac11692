import { rollouts } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["a rollout", rollouts(20), "yes"],
  ["none, and they were read", rollouts(), "yes"],
] satisfies readonly Row[];
