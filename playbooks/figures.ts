import type { FigureOfEvidence } from "../src/figure.ts";
import alarmHistory from "./evidence/alarm-history/figure.ts";
import changes from "./evidence/changes/figure.ts";
import podCpu from "./evidence/pod-cpu/figure.ts";
import targetGroups from "./evidence/target-groups/figure.ts";
import workerQuota from "./evidence/worker-quota/figure.ts";

/** The figures of the evidence, in the order in which a document shows them. */
export const figures: readonly FigureOfEvidence[] = [alarmHistory, changes, targetGroups, podCpu, workerQuota];
