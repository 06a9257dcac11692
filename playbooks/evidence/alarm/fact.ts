import { sharedFact } from "../../../src/playbook.ts";

export const alarmFact = sharedFact("alarm", "the alarm's settings");
export const refusalFact = sharedFact("refusal", "the reason why the alarm cannot be investigated", true);
