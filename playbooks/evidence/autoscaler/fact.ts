import { sharedFact } from "../../../src/playbook.ts";

export const autoscalerFact = sharedFact("autoscaler", "the autoscaler");
