import { defineSignal, no, plain, spike, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { demandFact } from "../evidence/worker-quota/fact.ts";

/** A request costs more CPU from this factor on; averages over an episode vary by less. */
export const GREW = 1.5;
/** Up to this factor it costs the same. */
export const SAME = 1.25;

/** Does a request cost more CPU in the episodes than outside them: garbage collection, spinning, other requests? */
export default defineSignal({
  id: "work-grew",
  question: "Does a request cost more CPU in the episodes than outside them?",
  needs: { demand: demandFact },
  uses: { episodes: episodesFact },
  read({ demand: { cpuPerRequest: inside, cpuPerRequestOutside: outside }, episodes }) {
    const evidence = ["worker-quota.demand"];
    if (inside === null || outside === null || outside === 0)
      return unknown("needs the pods' CPU inside and outside the episodes", evidence);
    const ratio = inside / outside;
    const figure = `a request costs ${plain(inside * 1000)} ms of CPU in the ${spike(episodes)}s, ${plain(outside * 1000)} ms outside them`;
    if (ratio >= GREW) return yes(figure, evidence, ratio);
    return ratio <= SAME ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
