import type { Step } from "../../src/playbook.ts";
import alarmChanges from "./alarm-changes/collect.ts";
import alarmHistory from "./alarm-history/counts.ts";
import changes from "./changes/classic.ts";
import classic from "./classic/collect.ts";
import classicService from "./classic-service/collect.ts";
import nodeEndpoints from "./node-endpoints/collect.ts";
import podCpu from "./pod-cpu/collect.ts";
import readiness from "./readiness/collect.ts";
import restarts from "./restarts/collect.ts";
import rollouts from "./rollouts/collect.ts";
import watched from "./watched/collect.ts";
import workload from "./workload/collect.ts";

/** What is read for an alarm on a Classic Load Balancer: what it answered and queued, and the pods behind it, if any. */
export const OF_CLASSIC: readonly Step[] = [
  alarmHistory,
  watched,
  classic,
  classicService,
  workload,
  nodeEndpoints,
  rollouts,
  podCpu,
  restarts,
  readiness,
  alarmChanges,
  changes,
];
