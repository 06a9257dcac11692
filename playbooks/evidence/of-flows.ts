import type { Step } from "../../src/playbook.ts";
import alarmChanges from "./alarm-changes/collect.ts";
import alarmHistory from "./alarm-history/counts.ts";
import changes from "./changes/collect.ts";
import cluster from "./cluster/collect.ts";
import flows from "./flows/collect.ts";
import nodeEndpoints from "./node-endpoints/collect.ts";
import podCpu from "./pod-cpu/collect.ts";
import proxyProtocol from "./proxy-protocol/collect.ts";
import readiness from "./readiness/collect.ts";
import restarts from "./restarts/collect.ts";
import rollouts from "./rollouts/collect.ts";
import service from "./service/collect.ts";
import subnets from "./subnets/collect.ts";
import targetHealth from "./target-health/collect.ts";
import targetTopology from "./target-topology/collect.ts";
import watched from "./watched/collect.ts";
import workload from "./workload/collect.ts";
import zoneFlows from "./zone-flows/collect.ts";

/** What is read for an alarm on connections: what became of them, where, and how the targets and their pods fared. */
export const OF_FLOWS: readonly Step[] = [
  alarmHistory,
  watched,
  flows,
  cluster,
  service,
  targetTopology,
  targetHealth,
  zoneFlows,
  subnets,
  workload,
  nodeEndpoints,
  proxyProtocol,
  rollouts,
  podCpu,
  restarts,
  readiness,
  alarmChanges,
  changes,
];
