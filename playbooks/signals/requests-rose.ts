import {
  defineSignal,
  median,
  no,
  spike,
  times,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { requestLoadFact } from "../evidence/request-load/fact.ts";

/** The episodes bring more requests from so many times the usual on. */
export const MORE = 1.3;
/** Up to this factor they bring as many as ever. */
export const AS_MANY = 1.15;

/** Do more requests come for the target group, however many targets share them? */
export default defineSignal({
  id: "requests-rose",
  question: "Do more requests come for the target group in the episodes?",
  needs: { load: requestLoadFact, episodes: episodesFact },
  uses: {},
  read({ load: { requests, group }, episodes }) {
    const evidence = ["request-load.course"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const [now, usual] = [median(valuesIn(requests, bursts)), median(valuesOutside(requests, bursts))];
    if (now === null || usual === null || usual === 0)
      return unknown("needs the requests in and outside the episodes", evidence);
    const ratio = now / usual;
    const figure = `${times(ratio)} the usual requests came for ${group} in the ${spike(episodes)}s`;
    if (ratio >= MORE) return yes(figure, evidence, ratio);
    return ratio <= AS_MANY ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
