import { defineSignal, no, noneHealthy, percent, unclear, unknown, yes } from "../../src/playbook.ts";
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
  read({ health: { healthy }, episodes }) {
    const evidence = ["target-health.course"];
    const share = noneHealthy(healthy, episodes);
    if (share === null) return unknown("needs how many targets were healthy in the episodes", evidence);
    const figure = `no target was healthy, or none registered, in ${percent(share)} of the episodes' minutes`;
    if (share >= MOSTLY) return yes(figure, evidence, share);
    return share === 0
      ? no("a target was healthy in each of the episodes' minutes", evidence, 0)
      : unclear(figure, evidence, share);
  },
});
