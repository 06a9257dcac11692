import {
  cells,
  defineSignal,
  type EpisodesFact,
  no,
  percent,
  type Series,
  unclear,
  unknown,
  valueAt,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";

/** In this share of the episodes' periods no target is healthy. */
export const MOSTLY = 0.6;
/** The newest datapoints may still be on their way; seconds. */
export const ON_THE_WAY = 180;

/**
 * The share of the episodes' periods in which no target was healthy. A target group without any registered target
 * publishes no count: where it publishes at other times, none is registered. Null where nothing is known.
 */
export function noneHealthy(healthy: Series, { episodes, window }: EpisodesFact): number | null {
  const end = window.end - ON_THE_WAY;
  const times = episodes.flatMap(({ burst }) => {
    const periods = Math.max(0, Math.ceil((Math.min(burst.end, end) - burst.start) / healthy.step));
    return Array.from({ length: periods }, (_, index) => burst.start + index * healthy.step);
  });
  if (times.length === 0 || cells(healthy).length === 0) return null;
  return times.filter((at) => (valueAt(healthy, at) ?? 0) === 0).length / times.length;
}

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
