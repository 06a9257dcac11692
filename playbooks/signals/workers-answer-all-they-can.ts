import {
  cells,
  defineSignal,
  median,
  no,
  percent,
  plain,
  seconds,
  sum,
  unclear,
  unknown,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import { demandFact } from "../evidence/worker-quota/fact.ts";

/**
 * All workers answer at their usual pace from this share of what they can together: by Little's law each then takes at most a
 * ninth longer for a request than when none waits. What waits for something that became slow answers far fewer.
 */
export const AS_MANY = 0.9;
/** Below this share they answer clearly fewer than they could. */
export const FEWER = 0.7;

/** Others queue where this many times as many requests are in flight as there are workers: as many wait as are worked on. */
export const IN_LINE = 2;

/**
 * Do the workers answer as many requests as all of them can at their usual pace, while others queue? Then all are taken, and
 * by their usual work. What has come and is not yet answered at the episode's end counts as not answered.
 */
export default defineSignal({
  id: "workers-answer-all-they-can",
  question: "Do the workers answer as many requests as they can at their usual pace?",
  needs: { demand: demandFact, metric: guiltyMetricFact, episodes: episodesFact },
  uses: {},
  read({ demand: { ceiling, byEpisode, serviceTime }, metric, episodes }) {
    const evidence = ["worker-quota.demand", "target-groups.arrivals"];
    if (ceiling === null) return unknown("needs the number of workers of a pod", evidence);
    const shares = episodes.episodes.flatMap(({ id, burst }) => {
      const requests = cells(metric.requests).flatMap(({ at, value }) => (within([burst], at) ? [value] : []));
      const usual = median(requests);
      const inFlight = byEpisode.find(({ episode }) => episode === id)?.outstanding;
      if (usual === null || inFlight === undefined) return [];
      // Of the minutes the typical one: the first and the last are only partly within the episode.
      const answered = Math.max(0, 1 - inFlight / sum(requests)) * (usual / metric.period);
      return [{ share: (answered * serviceTime) / ceiling, waits: inFlight >= IN_LINE * ceiling }];
    });
    const share = median(shares.map((one) => one.share));
    if (share === null) return unknown("needs the requests and the latency of the episodes", evidence);
    const figure = `the workers answer ${percent(share)} of what ${plain(ceiling)} can at ${seconds(serviceTime)} a request`;
    if (share < FEWER) return no(figure, evidence, share);
    const queueing = shares.filter(({ waits }) => waits).length * 2 > shares.length;
    return share >= AS_MANY && queueing
      ? yes(`${figure}, while others wait`, evidence, share)
      : unclear(figure, evidence, share);
  },
});
