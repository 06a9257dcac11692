import { AT_MAXIMUM, defineSignal, no, percent, unknown, yes } from "../../src/playbook.ts";
import { autoscalerFact } from "../evidence/autoscaler/fact.ts";

/** Did the autoscaler want more pods than it may make? By the share of the episodes in which it stood at its maximum. */
export default defineSignal({
  id: "autoscaler-exhausted",
  question: "Did the autoscaler stand at its maximum?",
  needs: { autoscaler: autoscalerFact },
  uses: {},
  read({ autoscaler: { target, atMaximum } }) {
    const evidence = ["autoscaler.target"];
    if (!target) return no("no autoscaler is at work", evidence);
    if (atMaximum === null) return unknown("needs the autoscaler's replicas over time", evidence);
    const figure = `the autoscaler stood at its maximum of ${target.max} in ${percent(atMaximum)} of the episodes`;
    return atMaximum >= AT_MAXIMUM ? yes(figure, evidence, atMaximum) : no(figure, evidence, atMaximum);
  },
});
