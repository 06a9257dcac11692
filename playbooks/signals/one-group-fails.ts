import { defineSignal, no, percent, spike, sum, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { responsesFact } from "../evidence/responses/fact.ts";

/** One service makes the errors from this share of them on. */
export const MOST = 0.8;
/** Below it several do. */
export const SHARED = 0.6;
/** Fewer errors than this in all episodes may be anybody's. */
export const ENOUGH = 5;

/** Does one service's targets answer with the errors, beside others that do not? */
export default defineSignal({
  id: "one-group-fails",
  question: "Does one target group make the errors?",
  needs: { responses: responsesFact, episodes: episodesFact },
  uses: {},
  read({ responses: { groups }, episodes }) {
    const evidence = ["responses.errors"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const counts = groups.map(({ name, failed }) => ({ name, failed: sum(valuesIn(failed, bursts)) }));
    const all = sum(counts.map(({ failed }) => failed));
    const [worst] = counts.sort((a, b) => b.failed - a.failed);
    if (!worst || all < ENOUGH)
      return unknown(`targets answered with ${all} errors in the ${spike(episodes)}s`, evidence);
    const share = worst.failed / all;
    const figure = `${percent(share)} of the targets' errors in the ${spike(episodes)}s are ${worst.name}'s`;
    if (share >= MOST) return yes(figure, evidence, share);
    return share < SHARED ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
