import {
  cells,
  defineSignal,
  LATE,
  median,
  no,
  plural,
  unclear,
  unknown,
  valueAt,
  valuesIn,
  valuesOutside,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { readinessFact } from "../evidence/readiness/fact.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";

/** In this share of the episodes. */
export const MOST = 0.6;

/**
 * Do targets fail their checks although their pods are ready and answer as fast as ever? Then it is the check that fails:
 * its timing, its path, its port (003 F1).
 */
export default defineSignal({
  id: "checks-fail-while-serving",
  question: "Do targets fail their checks although they serve?",
  needs: { health: targetHealthFact, episodes: episodesFact, readiness: readinessFact, metric: guiltyMetricFact },
  uses: {},
  read({ health: { unhealthy }, episodes: { episodes }, readiness, metric: { average } }) {
    const evidence = ["target-health.course", "readiness.pods"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    const bursts = episodes.map(({ burst }) => burst);
    const usual = median(valuesOutside(average, bursts));
    if (usual === null) return unknown("needs the latency outside the episodes", evidence);
    const out = bursts.filter((burst) => valuesIn(unhealthy, [burst]).some((count) => count > 0));
    const serving = out.filter((burst) => {
      const times = cells(unhealthy).filter(({ at }) => within([burst], at));
      const ready = times.every(({ at }) =>
        readiness.every(
          ({ ready: line, firstReady }) => firstReady === null || at <= firstReady || valueAt(line, at) !== 0,
        ),
      );
      const here = median(valuesIn(average, [burst]));
      return ready && here !== null && here < LATE * usual;
    });
    const figure = `targets fail their checks in ${out.length} of ${plural(bursts.length, "episode")}, in ${serving.length} of them while all pods are ready and requests as fast as ever`;
    if (serving.length >= MOST * bursts.length) return yes(figure, evidence, serving.length / bursts.length);
    return serving.length === 0 ? no(figure, evidence, 0) : unclear(figure, evidence, serving.length / bursts.length);
  },
});
