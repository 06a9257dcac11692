import { defineSignal, highest, no, plain, unclear, unknown, yes } from "../../src/playbook.ts";
import { demandFact } from "../evidence/worker-quota/fact.ts";

/** In this share of the episodes the ceiling must be passed: one episode of many may have another cause. */
export const MOST_EPISODES = 0.5;

/**
 * Are more requests in flight than the fleet has workers (Little's law against pods × workers)? A worker of several threads
 * holds one request in each; but those of one interpreter run one at a time, so that more than one for each worker may queue.
 */
export default defineSignal({
  id: "in-flight-above-workers",
  question: "Are more requests in flight than the fleet has workers?",
  needs: { demand: demandFact },
  uses: {},
  read({ demand: { ceiling, byEpisode, pods, workers, part } }) {
    const evidence = ["worker-quota.demand"];
    if (ceiling === null) return unknown("needs the number of workers of a pod", evidence);
    const most = highest(byEpisode.map(({ outstanding }) => outstanding));
    if (most === null) return unknown("needs the requests and the latency of the episodes", evidence);
    const over = byEpisode.filter(({ outstanding }) => outstanding > ceiling).length;
    const figure = `up to ${plain(Math.round(most))} requests are in flight for ${ceiling} workers`;
    if (over >= MOST_EPISODES * byEpisode.length) return yes(figure, evidence, most / ceiling);
    // What others in the cluster have in flight there comes on top.
    if (over === 0 && part) return unclear(`${figure}, and those of other callers`, evidence, most / ceiling);
    const mayQueue = workers !== null && most > pods * workers;
    return over === 0 && !mayQueue
      ? no(figure, evidence, most / ceiling)
      : unclear(over === 0 ? figure : `${figure}, in few episodes`, evidence, most / ceiling);
  },
});
