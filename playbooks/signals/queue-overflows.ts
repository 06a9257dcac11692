import { defineSignal, highest, no, plain, plural, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { classicFact } from "../evidence/classic/fact.ts";

/** In this share of the episodes requests must be turned down. */
export const MOST = 0.6;
/** Requests that a node of a Classic Load Balancer lets wait: its queue is full (CloudWatch metrics, SurgeQueueLength). */
export const QUEUE = 1024;
/** Up to this share of the queue it is far from full. */
export const PART = 0.5;

/** Does the queue of a Classic Load Balancer overflow, so that it turns requests down? */
export default defineSignal({
  id: "queue-overflows",
  question: "Does the load balancer's queue overflow?",
  needs: { classic: classicFact, episodes: episodesFact },
  uses: {},
  read({ classic: { requests, queued, spilled }, episodes: { episodes } }) {
    const evidence = ["classic.answers"];
    const bursts = episodes.map(({ burst }) => burst);
    const longest = highest(valuesIn(queued, bursts)) ?? 0;
    const over = bursts.filter((burst) => sum(valuesIn(spilled, [burst])) > 0).length;
    // What is published only where there is something to count is 0 only where it was counted.
    if (sum(valuesIn(requests, bursts)) === 0 && over === 0)
      return unknown("needs the requests of the episodes", evidence);
    const figure = `${plain(longest)} requests waited at once (its queue holds ${QUEUE}), and it rejected requests in ${over} of ${plural(bursts.length, "episode")}`;
    const share = over / bursts.length;
    if (share >= MOST) return yes(figure, evidence, longest);
    return over === 0 && longest <= PART * QUEUE ? no(figure, evidence, longest) : unclear(figure, evidence, longest);
  },
});
