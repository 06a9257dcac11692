import { defineSignal, no, seconds, spike, times, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { blameFact } from "../evidence/target-groups/fact.ts";

/** One service is clearly slower in the episodes than outside them from this factor on. */
export const SLOWER = 2;
/** Up to this factor none is. */
export const AS_EVER = 1.6;

/** Does one service become clearly slower in the episodes? */
export default defineSignal({
  id: "one-service-stands-out",
  question: "Does one service become clearly slower than the others?",
  needs: { blame: blameFact },
  uses: { episodes: episodesFact },
  read({ blame: { guilty }, episodes }) {
    const evidence = ["target-groups.shares"];
    if (!guilty) return no("no service stands out", evidence);
    if (guilty.inside === null || guilty.outside === null || guilty.outside === 0)
      return unknown("needs the services' latency inside and outside the episodes", evidence);
    const ratio = guilty.inside / guilty.outside;
    const figure = `${guilty.name} takes ${seconds(guilty.inside)} in the ${spike(episodes)}s, ${times(ratio)} its usual ${seconds(guilty.outside)}`;
    if (ratio > SLOWER) return yes(figure, evidence, ratio);
    return ratio <= AS_EVER ? no(figure, evidence, ratio) : unclear(figure, evidence, ratio);
  },
});
