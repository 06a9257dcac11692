import { sharedFact } from "../../../src/playbook.ts";

export const rolloutsFact = sharedFact("rollouts", "the rollouts");
