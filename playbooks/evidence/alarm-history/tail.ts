import { type AlarmFact, type EpisodesFact, sum } from "../../../src/playbook.ts";

/** Periods of a burst that must lie in the window; the last one of each is when its queue drains and its pods come to rest. */
const ENOUGH_OF_A_BURST = 3;

/**
 * How much of an episode lies in the window, seconds, where it holds nothing but the end of one: what pods do then is not
 * what they did in the burst. Null where it holds more.
 */
export function tailOf({ episodes, window }: EpisodesFact, { period }: AlarmFact): number | null {
  const lengths = episodes.map(({ burst }) => burst.end - burst.start);
  const isTail = episodes.every(
    ({ alarmAt }, index) => alarmAt <= window.start && (lengths[index] ?? 0) < ENOUGH_OF_A_BURST * period,
  );
  return lengths.length > 0 && isTail ? sum(lengths) : null;
}
