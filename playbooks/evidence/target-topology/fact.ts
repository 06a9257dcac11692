import { sharedFact } from "../../../src/playbook.ts";

export const topologyFact = sharedFact("topology", "the target group's settings");
