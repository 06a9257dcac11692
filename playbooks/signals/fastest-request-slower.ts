import {
  defineSignal,
  median,
  no,
  seconds,
  spike,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { guiltyTailsFact } from "../evidence/fastest-requests/fact.ts";

/** The fastest tenth is slower from this factor on: then every request pays, also those that find no queue. */
export const SLOWER = 1.5;
/** Up to this factor the fastest tenth is as fast as ever. */
export const AS_FAST = 1.2;

/** Do the fastest requests (p10) become slower too: something that every request has to pass is slower? */
export default defineSignal({
  id: "fastest-request-slower",
  question: "Do even the fastest requests become slower in the episodes?",
  needs: { tails: guiltyTailsFact, episodes: episodesFact },
  uses: {},
  read({ tails: { p10 }, episodes }) {
    const evidence = ["fastest-requests.spread"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const before = median(valuesOutside(p10, bursts));
    const now = median(valuesIn(p10, bursts));
    if (before === null || now === null || before === 0)
      return unknown("needs the latency of the fastest tenth (p10) inside and outside the episodes", evidence);
    const ratio = now / before;
    const figure = `the fastest tenth of the requests took ${seconds(now)} in the ${spike(episodes)}s and ${seconds(before)} outside them`;
    if (ratio >= SLOWER) return yes(figure, evidence, ratio);
    return ratio <= AS_FAST ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
