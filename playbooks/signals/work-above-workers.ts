import { defineSignal, median, no, plain, seconds, unclear, unknown, yes } from "../../src/playbook.ts";
import { demandFact } from "../evidence/worker-quota/fact.ts";

/** The work that arrives exceeds the workers from this factor of their number on. */
export const ABOVE = 1;
/** Below it workers are free. */
export const BELOW = 0.7;

/**
 * Does more work arrive than the workers can do even if no request waited: arrival rate × the time that a request takes
 * outside the episodes, in the busiest minute of the typical episode? A worker that blocks on its request is taken
 * whatever the CPU shows.
 */
export default defineSignal({
  id: "work-above-workers",
  question: "Does more work arrive than the workers can do?",
  needs: { demand: demandFact },
  uses: {},
  read({ demand: { ceiling, byEpisode, serviceTime, part } }) {
    const evidence = ["worker-quota.demand"];
    if (ceiling === null) return unknown("needs the number of workers of a pod", evidence);
    const usual = median(byEpisode.map(({ demand }) => demand));
    if (usual === null) return unknown("needs the requests of the episodes", evidence);
    const figure = `the busiest minutes bring work for ${plain(Math.round(usual * 10) / 10)} workers at ${seconds(serviceTime)} a request, of ${ceiling}`;
    const share = usual / ceiling;
    if (share >= ABOVE) return yes(figure, evidence, share);
    // What others in the cluster ask for comes on top of a part.
    return share < BELOW && !part ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
