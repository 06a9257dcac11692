import { defineSignal, mediansAround, no, plain, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";

/** The episodes bring more requests from this factor on. */
export const MORE = 1.3;
/** Up to this factor they bring as many as ever. */
export const AS_MANY = 1.15;

/** Do the episodes bring more requests than the rest of the window? */
export default defineSignal({
  id: "arrivals-rose",
  question: "Do more requests arrive in the episodes?",
  needs: { metric: guiltyMetricFact, episodes: episodesFact },
  uses: {},
  read({ metric: { requests, period }, episodes }) {
    const evidence = ["target-groups.arrivals"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const { inside: now, outside: before } = mediansAround(requests, bursts);
    if (now === null || before === null || before === 0)
      return unknown("needs the requests inside and outside the episodes", evidence);
    const ratio = now / before;
    const figure = `${plain((now * 60) / period)} requests a minute arrive in the ${spike(episodes)}s, ${plain((before * 60) / period)} outside them`;
    if (ratio >= MORE) return yes(figure, evidence, ratio);
    return ratio <= AS_MANY ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
