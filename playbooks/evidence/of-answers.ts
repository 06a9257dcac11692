import type { Step } from "../../src/playbook.ts";
import accessLogs from "./access-logs/collect.ts";
import alarmChanges from "./alarm-changes/collect.ts";
import alarmHistory from "./alarm-history/counts.ts";
import changes from "./changes/collect.ts";
import cluster from "./cluster/collect.ts";
import handshakes from "./handshakes/collect.ts";
import networkRules from "./network-rules/collect.ts";
import podCpu from "./pod-cpu/collect.ts";
import readiness from "./readiness/collect.ts";
import responses from "./responses/collect.ts";
import restarts from "./restarts/collect.ts";
import rollouts from "./rollouts/collect.ts";
import service from "./service/collect.ts";
import targetHealth from "./target-health/collect.ts";
import targetTopology from "./target-topology/collect.ts";
import watched from "./watched/collect.ts";
import workload from "./workload/collect.ts";

/** What is read for an alarm on answers or on targets: who answered with errors, and how the targets and their pods fared. */
export const OF_ANSWERS: readonly Step[] = [
  alarmHistory,
  watched,
  responses,
  handshakes,
  cluster,
  service,
  targetTopology,
  targetHealth,
  workload,
  rollouts,
  podCpu,
  restarts,
  readiness,
  alarmChanges,
  changes,
  networkRules,
  accessLogs,
];
