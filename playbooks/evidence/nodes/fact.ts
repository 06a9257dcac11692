import { sharedFact } from "../../../src/playbook.ts";

export const nodesFact = sharedFact("nodes", "the nodes");
export const nodeGroupsFact = sharedFact("nodeGroups", "the node groups' sizes");
