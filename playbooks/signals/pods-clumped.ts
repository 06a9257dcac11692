import { defineSignal, no, percent, plain, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import { ALIKE } from "./pods-alike.ts";

/** In this share of the episodes' minutes some pods must be hot while others idle: less is chance. */
export const CLUMPED = 0.3;
/** Below it hardly ever. */
export const SELDOM = 0.1;

/** Do requests pile up on some pods while others idle (000 top section)? */
export default defineSignal({
  id: "pods-clumped",
  question: "Were some pods hot while others idled?",
  needs: { podCpu: podCpuFact },
  uses: { episodes: episodesFact },
  read({ podCpu, episodes }) {
    const { clumpedShare, together, jain } = podCpu;
    const evidence = ["pod-cpu.evenness"];
    if (clumpedShare === null) return unknown("no pod has a CPU figure in the episodes", evidence);
    if (together === 1) return no("only one pod", evidence, 0);
    const figure = `in ${percent(clumpedShare)} of the ${spike(episodes)}s' minutes some pods were hot while others idled`;
    // Pods that come and go, as in a rollout, idle in their first and last minutes.
    if (clumpedShare >= CLUMPED && jain !== null && jain >= ALIKE)
      return unknown(`${figure}, and yet evenness is ${plain(jain)}: which of the two holds is not known`, evidence);
    if (clumpedShare >= CLUMPED) return yes(figure, evidence, clumpedShare);
    return clumpedShare < SELDOM ? no(figure, evidence, clumpedShare) : unclear(figure, evidence, clumpedShare);
  },
});
