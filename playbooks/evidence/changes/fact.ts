import { sharedFact } from "../../../src/playbook.ts";

export const changesFact = sharedFact("changes", "the recorded changes");
