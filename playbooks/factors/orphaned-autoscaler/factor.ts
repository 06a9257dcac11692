import { defineFactor, listed } from "../../../src/playbook.ts";
import { autoscalerFact } from "../../evidence/autoscaler/fact.ts";

/** An autoscaler whose target does not exist (000 H12). */
export default defineFactor({
  factor: "orphaned-autoscaler",
  needs: { autoscaler: autoscalerFact },
  find({ autoscaler: { orphaned } }) {
    if (orphaned.length === 0) return null;
    const names = listed(orphaned.map(({ name, target }) => `${name} (for ${target})`));
    return { statement: `an autoscaler without a target is left over: ${names}`, evidence: ["autoscaler.orphaned"] };
  },
});
