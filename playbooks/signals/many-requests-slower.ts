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

/** The slowest tenth begins later from this factor on: at least every tenth request pays. */
export const SLOWER = 1.5;
/** Up to this factor it is where it was: fewer than one request in ten is slower, however slow those are. */
export const AS_FAST = 1.2;

/** Is at least every tenth request slower (p90), or do a few own the average? */
export default defineSignal({
  id: "many-requests-slower",
  question: "Do at least one in ten requests become slower?",
  needs: { tails: guiltyTailsFact, episodes: episodesFact },
  uses: {},
  read({ tails: { p90 }, episodes }) {
    const evidence = ["fastest-requests.spread"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const before = median(valuesOutside(p90, bursts));
    const now = median(valuesIn(p90, bursts));
    if (before === null || now === null || before === 0)
      return unknown("needs the latency of the slowest tenth (p90) inside and outside the episodes", evidence);
    const ratio = now / before;
    const figure = `nine of ten requests were answered within ${seconds(now)} in the ${spike(episodes)}s and ${seconds(before)} outside them`;
    if (ratio >= SLOWER) return yes(figure, evidence, ratio);
    return ratio <= AS_FAST ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
