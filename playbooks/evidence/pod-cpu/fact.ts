import { sharedFact } from "../../../src/playbook.ts";

export const podCpuFact = sharedFact("podCpu", "the pods' CPU");
