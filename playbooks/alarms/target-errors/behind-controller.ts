import type { Onward } from "../../../src/playbook.ts";
import deployRegression from "../../causes/deploy-regression/errors.ts";
import restartingPods from "../../causes/restarting-pods/answers.ts";
import backend from "../../evidence/backend/errors.ts";
import { guiltyBackendFact, ingressControllerFact } from "../../evidence/ingress-controller/fact.ts";
import podCpu from "../../evidence/pod-cpu/collect.ts";
import { readinessFact } from "../../evidence/readiness/fact.ts";
import restarts from "../../evidence/restarts/collect.ts";
import rollouts from "../../evidence/rollouts/collect.ts";
import { guiltyMetricFact, suspectFact } from "../../evidence/target-groups/fact.ts";
import { targetHealthFact } from "../../evidence/target-health/fact.ts";
import { topologyFact } from "../../evidence/target-topology/fact.ts";
import workload from "../../evidence/workload/collect.ts";

/**
 * The pods behind an ingress controller, where its metrics name the one backend whose requests fail. Whether the pods
 * answered so themselves, or the controller in their place (502, 503, 504), those metrics do not tell: what changed about
 * the pods is judged, and that their code fails is not.
 */
export const behindController: Onward = {
  when: guiltyBackendFact,
  steps: [backend, workload, rollouts, podCpu, restarts],
  causes: [deployRegression, restartingPods],
  leaves: [ingressControllerFact, targetHealthFact, readinessFact, topologyFact, guiltyMetricFact],
  keeps: [suspectFact],
  inPlaceOf: { "responses.errors": "backend.errors" },
};
