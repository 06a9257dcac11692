import { sharedFact } from "../../../src/playbook.ts";

export const workersFact = sharedFact("workers", "the number of workers");
export const demandFact = sharedFact("demand", "the demand");
