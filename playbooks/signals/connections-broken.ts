import { defineSignal, no, percent, spike, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { MADE, responsesFact } from "../evidence/responses/fact.ts";

/** What the load balancer made itself is of one kind from this share on. */
export const MOST = 0.6;
/** Below this share it is the smaller part. */
export const FEW = 0.2;

/** Does the load balancer answer 502: a target closed the connection on a request, or answered what is no HTTP? */
export default defineSignal({
  id: "connections-broken",
  question: "Do targets close connections on requests (502)?",
  needs: { responses: responsesFact, episodes: episodesFact },
  uses: {},
  read({ responses: { made }, episodes }) {
    const evidence = ["responses.errors"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const all = sum(MADE.map((status) => sum(valuesIn(made[status], bursts))));
    if (all === 0) return unknown(`the load balancer made no 5xx in the ${spike(episodes)}s`, evidence);
    const share = sum(valuesIn(made["502"], bursts)) / all;
    const figure = `${percent(share)} of the load balancer's own 5xx are 502: a target closed the connection`;
    if (share >= MOST) return yes(figure, evidence, share);
    return share < FEW ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
