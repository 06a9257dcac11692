import { fact } from "../../../src/playbook.ts";

/** What is known, with units; what was not read is null, never a default. */
export interface TargetHealth {
  readonly value: number | null;
}

export const targetHealthFact = fact<TargetHealth>("targetHealth", "target health");
