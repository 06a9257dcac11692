import { defineFactor, listed } from "../../../src/playbook.ts";
import { autoscalerFact } from "../../evidence/autoscaler/fact.ts";

/** An autoscaler whose target does not exist (000 H12). */
export default defineFactor({
  factor: "orphaned-autoscaler",
  action: { kind: "mitigate", title: "delete the orphaned autoscaler and its manifest" },
  needs: { autoscaler: autoscalerFact },
  find({ autoscaler: { orphaned } }) {
    if (orphaned.length === 0) return null;
    const names = listed(orphaned.map(({ name, target }) => `${name} (its Deployment ${target} does not exist)`));
    return {
      statement: `orphaned ${orphaned.length === 1 ? "HPA" : "HPAs"} ${names}`,
      evidence: ["autoscaler.orphaned"],
      harmless: true,
    };
  },
});
