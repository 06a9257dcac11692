import { type CpuCheckFact, fact, sharedFact } from "../../../src/playbook.ts";

export const podCpuFact = sharedFact("podCpu", "the pods' CPU");
/** Given even where the pods' CPU is withheld, because it cannot be what it says. */
export const cpuCheckFact = fact<CpuCheckFact>("cpuCheck", "whether the pods' CPU can be believed");
