import { defineSignal, no, percent, spike, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { MADE, responsesFact } from "../evidence/responses/fact.ts";

/** A race between two timeouts loses at most this share of the requests: it takes a request in the very moment of closing. */
export const RARE = 0.02;
/** From this share on something else loses them. */
export const MANY = 0.1;

/** Is only a rare request lost? */
export default defineSignal({
  id: "few-requests-lost",
  question: "Is only a rare request lost?",
  needs: { responses: responsesFact, episodes: episodesFact },
  uses: {},
  read({ responses: { made, groups }, episodes }) {
    const evidence = ["responses.errors"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const lost = sum(MADE.map((status) => sum(valuesIn(made[status], bursts))));
    const all = sum(groups.map(({ requests }) => sum(valuesIn(requests, bursts))));
    if (all === 0) return unknown("needs the requests of the episodes", evidence);
    const share = lost / all;
    const figure = `the load balancer lost ${percent(share)} of the requests in the ${spike(episodes)}s`;
    if (share <= RARE) return yes(figure, evidence, share);
    return share >= MANY ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
