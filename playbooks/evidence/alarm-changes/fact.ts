import { type AlarmChanged, type Epoch, fact } from "../../../src/playbook.ts";

/** The alarm's own changes, from its history. */
export interface AlarmChanges {
  /** Oldest first. */
  readonly changes: readonly AlarmChanged[];
  /** How far back the history was read. */
  readonly from: Epoch;
}

export const alarmChangesFact = fact<AlarmChanges>("alarmChanges", "the changes of the alarm's settings");
