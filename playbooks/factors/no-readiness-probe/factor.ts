import { defineFactor } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/** A pod that cannot serve is not taken out (000 C7, H10). A probe that fails under load would take all out at once. */
export default defineFactor({
  factor: "no-readiness-probe",
  action: { kind: "mitigate", title: "a readiness probe that is answered by something other than a busy worker" },
  needs: { workload: workloadFact },
  find({ workload }) {
    if (workload.serving.probes.readiness) return null;
    return {
      statement: "the pods have no readiness probe: one that cannot serve stays in rotation",
      evidence: ["workload.probes"],
    };
  },
});
