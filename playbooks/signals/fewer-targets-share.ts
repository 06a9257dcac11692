import { defineSignal, mediansAround, no, plain, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { requestLoadFact } from "../evidence/request-load/fact.ts";

/** Fewer targets share the requests up to this part of the usual: each then gets a quarter more, or more than that. */
export const FEWER = 0.8;
/** From this part on they are as many as ever. */
export const AS_MANY = 0.95;

/** Do fewer healthy targets share the requests in the episodes? The same requests are then more for each of them. */
export default defineSignal({
  id: "fewer-targets-share",
  question: "Do fewer healthy targets share the requests in the episodes?",
  needs: { load: requestLoadFact, episodes: episodesFact },
  uses: {},
  read({ load: { healthy, group }, episodes }) {
    const evidence = ["request-load.course"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const { inside: now, outside: usual } = mediansAround(healthy, bursts);
    if (now === null || usual === null || usual === 0)
      return unknown("needs the healthy targets in and outside the episodes", evidence);
    const part = now / usual;
    const figure = `${plain(now)} targets of ${group} were healthy in the ${spike(episodes)}s, ${plain(usual)} outside them`;
    if (part <= FEWER) return yes(figure, evidence, part);
    return part >= AS_MANY ? no(figure, evidence, part) : unclear(figure, evidence, part);
  },
});
