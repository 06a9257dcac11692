import { defineSignal, no, unclear } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyTailsFact } from "../evidence/fastest-requests/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import manySlower from "./many-requests-slower.ts";
import podsClumped from "./pods-clumped.ts";

/**
 * Do requests wait behind others on hot pods while other pods idle? A few requests that burn seconds each make some pods hot
 * as well, and nobody waits for them: then nine of ten requests are as fast as ever, and no other pick would change that.
 */
export default defineSignal({
  id: "requests-pile-up",
  question: "Do requests wait on hot pods while others idle?",
  needs: { podCpu: podCpuFact },
  uses: { episodes: episodesFact, tails: guiltyTailsFact },
  read({ podCpu, episodes, tails }) {
    const clumped = podsClumped.read({ podCpu, ...(episodes && { episodes }) });
    if (clumped.answer !== "yes" || !episodes || !tails) return clumped;
    const many = manySlower.read({ tails, episodes });
    const evidence = [...clumped.evidence, ...many.evidence];
    if (many.answer === "no") return no(`${clumped.statement}, and ${many.statement}`, evidence, clumped.figure);
    return many.answer === "unclear"
      ? unclear(`${clumped.statement}; ${many.statement}`, evidence, clumped.figure)
      : clumped;
  },
});
