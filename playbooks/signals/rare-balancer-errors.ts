import { defineSignal, no, percent, spike, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { classicFact } from "../evidence/classic/fact.ts";

/** A race between two timeouts loses at most this share of the requests. */
export const RARE = 0.02;
/** From this share on something else loses them. */
export const MANY = 0.1;

/** Does a Classic Load Balancer itself answer a rare request with 5xx? It does not say with which. */
export default defineSignal({
  id: "rare-balancer-errors",
  question: "Does the load balancer itself answer only a rare request with 5xx?",
  needs: { classic: classicFact, episodes: episodesFact },
  uses: {},
  read({ classic: { requests, made }, episodes }) {
    const evidence = ["classic.answers"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const [all, own] = [sum(valuesIn(requests, bursts)), sum(valuesIn(made, bursts))];
    if (all === 0) return unknown("needs the requests of the episodes", evidence);
    const share = own / all;
    const figure = `the load balancer itself answered with a 5xx for ${percent(share)} of the requests that it forwarded in the ${spike(episodes)}s`;
    if (own === 0) return no(`it returned no 5xx of its own in the ${spike(episodes)}s`, evidence, 0);
    if (share <= RARE) return yes(figure, evidence, share);
    return share >= MANY ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
