import { type ClusterFact, fact } from "../../../src/playbook.ts";

export const clusterFact = fact<ClusterFact>("cluster", "whether the targets are this cluster's");
