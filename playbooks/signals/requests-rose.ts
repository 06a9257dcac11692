import { defineSignal, mediansAround, no, spike, times, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { requestLoadFact } from "../evidence/request-load/fact.ts";
import { AS_MANY, MORE } from "./arrivals-rose.ts";

/** Do more requests come for the target group, however many targets share them? */
export default defineSignal({
  id: "requests-rose",
  question: "Do more requests come for the target group in the episodes?",
  needs: { load: requestLoadFact, episodes: episodesFact },
  uses: {},
  read({ load: { requests, group }, episodes }) {
    const evidence = ["request-load.course"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const { inside: now, outside: usual } = mediansAround(requests, bursts);
    if (now === null || usual === null || usual === 0)
      return unknown("needs the requests in and outside the episodes", evidence);
    const ratio = now / usual;
    const figure = `${times(ratio)} the usual requests came for ${group} in the ${spike(episodes)}s`;
    if (ratio >= MORE) return yes(figure, evidence, ratio);
    return ratio <= AS_MANY ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
