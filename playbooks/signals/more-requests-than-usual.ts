import {
  defineSignal,
  mean,
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
import { classicFact } from "../evidence/classic/fact.ts";

/** From so many times the usual requests on it is more than usual. */
export const MORE = 1.5;
/** Up to this factor it is as usual. */
export const SAME = 1.1;

/** Do more requests come in the episodes than at other times? What was turned down was a request too. */
export default defineSignal({
  id: "more-requests-than-usual",
  question: "Do more requests arrive than usual?",
  needs: { classic: classicFact, episodes: episodesFact },
  uses: {},
  read({ classic: { requests, spilled }, episodes }) {
    const evidence = ["classic.answers"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const [here, usual] = [mean(valuesIn(requests, bursts)), mean(valuesOutside(requests, bursts))];
    if (here === null || usual === null || usual === 0)
      return unknown("needs the requests inside and outside the episodes", evidence);
    const all = here + (mean(valuesIn(spilled, bursts)) ?? 0);
    const ratio = all / usual;
    const figure = `${times(ratio)} the usual requests arrived in the ${spike(episodes)}s`;
    if (ratio >= MORE) return yes(figure, evidence, ratio);
    return ratio <= SAME ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
