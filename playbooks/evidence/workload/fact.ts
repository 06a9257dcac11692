import { sharedFact } from "../../../src/playbook.ts";

export const workloadFact = sharedFact("workload", "the workload's pods");
