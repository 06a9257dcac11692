import type { Picture } from "../src/picture.ts";
import alarmHistory from "./evidence/alarm-history/picture.ts";
import changes from "./evidence/changes/picture.ts";
import podCpu from "./evidence/pod-cpu/picture.ts";
import targetGroups from "./evidence/target-groups/picture.ts";
import targetTopology from "./evidence/target-topology/picture.ts";
import workerQuota from "./evidence/worker-quota/picture.ts";

/** The pictures of the evidence, in the order of the chain; the board's number keys open them in this order. */
export const pictures: readonly Picture[] = [alarmHistory, targetGroups, targetTopology, podCpu, workerQuota, changes];
