import {
  defineSignal,
  no,
  noneHealthy,
  percent,
  spike,
  sum,
  unclear,
  unknown,
  valuesIn,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { flowsFact } from "../evidence/flows/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";
import { MOSTLY } from "./no-target-healthy.ts";

/** From so many resets by targets for each new connection on, as good as every connection is broken. */
export const ALL = 0.8;
/** Up to this share most of them are served. */
export const SOME = 0.2;

/** Do all connections fail: no target passes its check, or targets reset as good as every connection? */
export default defineSignal({
  id: "all-connections-fail",
  question: "Do all connections fail?",
  needs: { flows: flowsFact, episodes: episodesFact },
  uses: { health: targetHealthFact },
  read({ flows: { begun, resets }, episodes, health }) {
    const evidence = ["flows.flows", "target-health.course"];
    const none = health ? noneHealthy(health.healthy, episodes) : null;
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const all = sum(valuesIn(begun, bursts));
    const reset = all === 0 ? null : sum(valuesIn(resets.target, bursts)) / all;
    if (none !== null && none >= MOSTLY)
      return yes(`no target passed its check in ${percent(none)} of the ${spike(episodes)}s' minutes`, evidence, none);
    if (reset === null) return unknown("needs the new connections of the episodes", evidence);
    const figure = `targets reset ${percent(reset)} as many connections as were opened in the ${spike(episodes)}s`;
    if (reset >= ALL) return yes(figure, evidence, reset);
    return reset <= SOME && none === 0 ? no(figure, evidence, reset) : unclear(figure, evidence, reset);
  },
});
