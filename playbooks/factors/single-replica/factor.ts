import { defineFactor } from "../../../src/playbook.ts";
import { workloadFact } from "../../evidence/workload/fact.ts";

/**
 * One pod serves alone (000, Elastic Fleet): while it restarts, is moved or works on something long, there is no other.
 * Wanted and running are one each; a rollout's second pod, or one that is missing, says otherwise.
 */
export default defineFactor({
  factor: "single-replica",
  action: {
    kind: "mitigate",
    title: "two replicas on two nodes with a PodDisruptionBudget, if the application allows it",
    settledBy: ["more-replicas"],
  },
  needs: { workload: workloadFact },
  find({ workload: { kind, namespace, name, replicas, pods } }) {
    if (replicas !== 1 || pods.length !== 1) return null;
    return {
      statement: `${kind} ${namespace}/${name} has 1 pod: nothing serves while it restarts, is moved or is busy`,
      evidence: ["workload.pods"],
    };
  },
});
