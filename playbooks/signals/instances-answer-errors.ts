import {
  defineSignal,
  no,
  percent,
  spike,
  sum,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { classicFact } from "../evidence/classic/fact.ts";

/** From this share of the requests on the instances' errors are more than a stray one. */
export const FAILING = 0.01;
/** ... and they are so many times the share at other times. */
export const RISEN = 2;
/** Up to this share they do not fail. */
export const STRAY = 0.001;

/** Do the instances of a Classic Load Balancer answer with 5xx in the episodes, more than at other times? */
export default defineSignal({
  id: "instances-answer-errors",
  question: "Do the instances answer with 5xx?",
  needs: { classic: classicFact, episodes: episodesFact },
  uses: {},
  read({ classic: { requests, failed }, episodes }) {
    const evidence = ["classic.answers"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const all = sum(valuesIn(requests, bursts));
    if (all === 0) return unknown("needs the requests of the episodes", evidence);
    const share = sum(valuesIn(failed, bursts)) / all;
    const rest = sum(valuesOutside(requests, bursts));
    const usual = rest === 0 ? 0 : sum(valuesOutside(failed, bursts)) / rest;
    const figure = `instances answer ${percent(share)} of the requests in the ${spike(episodes)}s with a 5xx, ${percent(usual)} outside them`;
    if (share >= FAILING && share >= RISEN * usual) return yes(figure, evidence, share);
    return share <= STRAY ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
