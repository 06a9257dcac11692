import { AT_MAXIMUM, defineSignal, no, percent, spike, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { autoscalerFact } from "../evidence/autoscaler/fact.ts";

/** Did the autoscaler want more pods than it may make? By the share of the episodes in which it stood at its maximum. */
export default defineSignal({
  id: "autoscaler-exhausted",
  question: "Was the autoscaler at its maximum?",
  needs: { autoscaler: autoscalerFact },
  uses: { episodes: episodesFact },
  read({ autoscaler: { target, atMaximum }, episodes }) {
    const evidence = ["autoscaler.target"];
    if (!target) return no("there is no autoscaler", evidence);
    if (atMaximum === null) return unknown("needs the autoscaler's replicas over time", evidence);
    const figure = `the autoscaler was at its maximum of ${target.max} in ${percent(atMaximum)} of the ${spike(episodes)}s' minutes`;
    return atMaximum >= AT_MAXIMUM ? yes(figure, evidence, atMaximum) : no(figure, evidence, atMaximum);
  },
});
