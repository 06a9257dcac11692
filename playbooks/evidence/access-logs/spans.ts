import type { EpisodesFact, ReadSpan, Span } from "../../../src/playbook.ts";

/** Of so many episodes, the newest, logs are read: whether it is the same each time shows in a few. */
const EPISODES_READ = 6;
/** Seconds that are read of one, from its begin. */
const LONGEST = 900;
/** Seconds between a quiet stretch and any burst: before it rises and until the queue is gone. */
const APART = 300;
/** Seconds of which spans are multiples, as the minutes of the metric are. */
const MINUTE = 60;

/** The stretches to read, in order of time: of each episode its burst, and before it as long a stretch without one. */
export function spansToRead({ episodes, window }: EpisodesFact): ReadSpan[] {
  const chosen = episodes.slice(-EPISODES_READ);
  const taken: Span[] = episodes.map(({ burst }) => ({ start: burst.start - APART, end: burst.end + APART }));
  const spans: ReadSpan[] = [];
  for (const { id, burst } of chosen) {
    const length = Math.min(LONGEST, burst.end - burst.start);
    spans.push({ span: { start: burst.start, end: burst.start + length }, episode: id });
    const quiet = freeBefore(burst.start, length, taken, window.start);
    if (quiet === null) continue;
    taken.push(quiet);
    spans.push({ span: quiet, episode: null });
  }
  return spans.sort((a, b) => a.span.start - b.span.start);
}

/** The last stretch of this length that ends before a time and meets nothing that is taken; null where there is none. */
function freeBefore(time: number, length: number, taken: readonly Span[], earliest: number): Span | null {
  for (let end = time; end - length >= earliest; end -= MINUTE) {
    const span = { start: end - length, end };
    if (taken.every((one) => one.end <= span.start || one.start >= span.end)) return span;
  }
  return null;
}
