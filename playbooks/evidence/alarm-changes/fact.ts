import { fact } from "../../../src/playbook.ts";

/** What is known, with units; what was not read is null, never a default. */
export interface AlarmChanges {
  readonly value: number | null;
}

export const alarmChangesFact = fact<AlarmChanges>("alarmChanges", "alarm changes");
