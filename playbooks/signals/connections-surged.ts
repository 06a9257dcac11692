import {
  defineSignal,
  median,
  no,
  plain,
  plural,
  times,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { connectionLoadFact } from "../evidence/connection-load/fact.ts";

/** A flash of traffic: so many times the usual new connections. A load balancer scales within minutes, not at once (004). */
export const SURGE = 3;
/** Up to so many times it is the usual. */
export const USUAL = 1.5;
/** In this share of the episodes. */
export const MOST = 0.6;

/** Do far more new connections arrive in the episodes than outside them? */
export default defineSignal({
  id: "connections-surged",
  question: "Do far more new connections arrive in the episodes than outside them?",
  needs: { load: connectionLoadFact, episodes: episodesFact },
  uses: {},
  read({ load: { made }, episodes: { episodes } }) {
    const evidence = ["connection-load.course"];
    const bursts = episodes.map(({ burst }) => burst);
    const usual = median(valuesOutside(made, bursts));
    if (bursts.length === 0 || usual === null || usual === 0)
      return unknown("needs the new connections outside the episodes", evidence);
    const ratios = bursts.flatMap((burst) => {
      const here = median(valuesIn(made, [burst]));
      return here === null ? [] : [here / usual];
    });
    if (ratios.length < bursts.length) return unknown("needs the new connections in every episode", evidence);
    const surged = ratios.filter((ratio) => ratio >= SURGE).length;
    const typical = median(ratios) ?? 1;
    const figure = `${times(typical)} the usual new connections came (${plain(Math.round(usual * typical))} a period), at least ${SURGE} times as many in ${surged} of ${plural(bursts.length, "episode")}`;
    if (surged >= MOST * bursts.length) return yes(figure, evidence, typical);
    return ratios.every((ratio) => ratio <= USUAL) ? no(figure, evidence, typical) : unclear(figure, evidence, typical);
  },
});
