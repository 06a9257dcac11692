import type { Onward } from "../../../src/playbook.ts";
import coldStart from "../../causes/cold-start/cause.ts";
import cpuThrottling from "../../causes/cpu-throttling/cause.ts";
import deployRegression from "../../causes/deploy-regression/cause.ts";
import insufficientCapacity from "../../causes/insufficient-capacity/cause.ts";
import restartingPods from "../../causes/restarting-pods/cause.ts";
import slowDependency from "../../causes/slow-dependency/cause.ts";
import workerConcurrencyCeiling from "../../causes/worker-concurrency-ceiling/cause.ts";
import { requestLogFact } from "../../evidence/access-logs/fact.ts";
import autoscaler from "../../evidence/autoscaler/collect.ts";
import backend from "../../evidence/backend/collect.ts";
import { connectionsFact } from "../../evidence/connections/fact.ts";
import { guiltyTailsFact } from "../../evidence/fastest-requests/fact.ts";
import { guiltyBackendFact, ingressControllerFact } from "../../evidence/ingress-controller/fact.ts";
import nodes from "../../evidence/nodes/collect.ts";
import podCpu from "../../evidence/pod-cpu/collect.ts";
import { readinessFact } from "../../evidence/readiness/fact.ts";
import restarts from "../../evidence/restarts/collect.ts";
import rollouts from "../../evidence/rollouts/collect.ts";
import { blameFact, suspectFact } from "../../evidence/target-groups/fact.ts";
import { targetHealthFact } from "../../evidence/target-health/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import workerQuota from "../../evidence/worker-quota/collect.ts";
import workload from "../../evidence/workload/collect.ts";

/**
 * The pods behind an ingress controller, where its metrics name the one backend that is slow: they are read and judged as
 * the pods of a target group are. What a load balancer tells of its targets (their health, the log of their requests,
 * stickiness, percentiles) is told of the controller's pods, and says nothing of them. How the controller picks one of them
 * is a setting of its own that is not read, so that uneven load stays open.
 */
export const behindController: Onward = {
  when: guiltyBackendFact,
  steps: [backend, workload, rollouts, podCpu, workerQuota, autoscaler, nodes, restarts],
  causes: [
    deployRegression,
    restartingPods,
    coldStart,
    workerConcurrencyCeiling,
    cpuThrottling,
    insufficientCapacity,
    slowDependency,
  ],
  leaves: [
    ingressControllerFact,
    suspectFact,
    targetHealthFact,
    readinessFact,
    requestLogFact,
    topologyFact,
    connectionsFact,
    guiltyTailsFact,
  ],
  keeps: [blameFact],
  inPlaceOf: {
    "target-groups.shares": "backend.shares",
    "target-groups.others": "backend.others",
    "target-groups.arrivals": "backend.arrivals",
  },
};
