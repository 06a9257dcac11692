import { defineFactor, listed } from "../../../src/playbook.ts";
import { serviceFact } from "../../evidence/service/fact.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/**
 * The container's declared port and the Service's target port disagree (000 H11). The declaration is only information
 * (Kubernetes API reference, ContainerPort), so it routes all the same, and misleads who reads it.
 */
export default defineFactor({
  factor: "container-port-mismatch",
  action: { kind: "mitigate", title: "set containerPort to the port on which the process listens" },
  needs: { service: serviceFact, workload: workloadFact },
  find({ service, workload }) {
    const { targetPort } = service;
    const declared = workload.containers.flatMap(({ ports }) => ports);
    if (targetPort === null || declared.length === 0) return null;
    if (declared.some(({ port, name }) => String(port) === targetPort || name === targetPort)) return null;
    return {
      statement: `the Service sends to port ${targetPort}, the container declares ${listed(declared.map(({ port }) => String(port)))}: harmless, and misleading`,
      evidence: ["service.proof", "workload.pods"],
      harmless: true,
    };
  },
});
