import { sharedFact } from "../../../src/playbook.ts";

export const serviceFact = sharedFact("service", "the Service behind the target group");
