import { defineSignal, no, percent, unclear, unknown, valuesIn, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";

/** In this share of the episodes' periods no target is healthy. */
export const MOSTLY = 0.6;

/** Is no target healthy in the episodes? */
export default defineSignal({
  id: "no-target-healthy",
  question: "Is no target healthy in the episodes?",
  needs: { health: targetHealthFact, episodes: episodesFact },
  uses: {},
  read({ health: { healthy }, episodes: { episodes } }) {
    const evidence = ["target-health.course"];
    const counts = valuesIn(
      healthy,
      episodes.map(({ burst }) => burst),
    );
    if (counts.length === 0) return unknown("needs how many targets were healthy in the episodes", evidence);
    const share = counts.filter((count) => count === 0).length / counts.length;
    const figure = `no target was healthy in ${percent(share)} of the episodes' minutes`;
    if (share >= MOSTLY) return yes(figure, evidence, share);
    return share === 0
      ? no("a target was healthy in each of the episodes' minutes", evidence, 0)
      : unclear(figure, evidence, share);
  },
});
