import { defineSignal, highest, lowest, no, percent, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyTailsFact } from "../evidence/fastest-requests/fact.ts";
import { podCpuFact } from "../evidence/pod-cpu/fact.ts";
import manySlower from "./many-requests-slower.ts";
import { PART } from "./pods-alike.ts";
import podsClumped from "./pods-clumped.ts";
import samePods from "./same-pods-hot.ts";

/**
 * Do requests wait behind others on some pods while other pods have less to do? Minutes in which some are hot and others idle
 * show it; or, where the same pods are hot in every episode, that the least busy one does less than PART of the busiest one's
 * work: lasting differences are no chance. A few requests that burn seconds each make some pods hot as well, and nobody waits
 * for them: then nine of ten requests are as fast as ever, and no other pick would change that.
 */
export default defineSignal({
  id: "requests-pile-up",
  question: "Do requests wait on hot pods while others have less to do?",
  needs: { podCpu: podCpuFact },
  uses: { episodes: episodesFact, tails: guiltyTailsFact },
  read({ podCpu, episodes, tails }) {
    const clumped = podsClumped.read({ podCpu, ...(episodes && { episodes }) });
    const many = episodes && tails ? manySlower.read({ tails, episodes }) : null;
    if (clumped.answer === "yes" && many?.answer === "no")
      return no(`${clumped.statement}, and ${many.statement}`, [...clumped.evidence, ...many.evidence], clumped.figure);
    const same = samePods.read({ podCpu });
    const means = podCpu.pods.flatMap(({ inBursts }) => inBursts ?? []);
    const [least, most] = [lowest(means) ?? 0, highest(means) ?? 0];
    if (clumped.answer === "yes" || many?.answer !== "yes" || same.answer !== "yes" || least >= PART * most)
      return clumped;
    const figure = `the least busy pod does ${percent(least / most)} of the busiest one's work`;
    return yes(figure, same.evidence, least / most);
  },
});
