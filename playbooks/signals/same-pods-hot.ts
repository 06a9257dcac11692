import { defineSignal, no, plain, unclear, unknown, yes } from "../../src/playbook.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";

/** From this intraclass correlation on the same pods are hot in every episode: it is those pods, their clients or connections. */
export const SAME_PODS = 0.6;
/** Up to it who is hot changes from episode to episode. Between the two neither can be said. */
export const CHANGING_PODS = 0.4;

/** Are the same pods hot in every episode, or does it change? Said only where it was measured: over two episodes at least. */
export default defineSignal({
  id: "same-pods-hot",
  question: "Are the same pods hot in every episode?",
  needs: { podCpu: podCpuFact },
  uses: {},
  read({ podCpu: { samePods, byEpisode, together } }) {
    const evidence = ["pod-cpu.evenness"];
    if (together === 1) return no("only one pod", evidence);
    if (samePods === null) {
      const hottest = byEpisode.flatMap((one) => one.hottest ?? []);
      if (hottest.length > 1 && new Set(hottest).size === 1)
        return yes(`${hottest[0]} was the hottest pod in all ${hottest.length} episodes`, evidence);
      return unknown("needs more episodes, to tell whether the same pods are hot in each", evidence);
    }
    const figure = `correlation ${plain(samePods)} between episodes`;
    if (samePods > SAME_PODS) return yes(`the same pods are hot in every episode (${figure})`, evidence, samePods);
    if (samePods <= CHANGING_PODS)
      return no(`the hot pods change from episode to episode (${figure})`, evidence, samePods);
    return unclear(`whether the same pods are hot in every episode is not clear (${figure})`, evidence, samePods);
  },
});
