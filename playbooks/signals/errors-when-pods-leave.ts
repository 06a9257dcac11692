import { cells, defineSignal, no, plural, type Span, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { readinessFact } from "../evidence/readiness/fact.ts";
import { workloadFact } from "../evidence/workload/fact.ts";

/** A pod's leaving belongs to an episode from so many seconds before its first error; deregistration takes that long to be seen. */
export const BEFORE = 180;
/** In this share of the episodes pods must leave. */
export const MOST = 0.6;
/** ... and of the times at which pods leave, this share must have an episode: leaving that loses nothing is no cause. */
export const HURT = 0.5;
/** Pods that leave within so many seconds of each other leave together. */
export const TOGETHER = 300;
/** A pod whose last minute is so close to the window's end, seconds, may still be there. */
export const STILL_THERE = 180;

/** Do the errors come when pods leave, by a rollout or a scale-in, and not otherwise? */
export default defineSignal({
  id: "errors-when-pods-leave",
  question: "Do the errors come when pods leave?",
  needs: { readiness: readinessFact, episodes: episodesFact, workload: workloadFact },
  uses: {},
  read({ readiness, episodes: { episodes, window }, workload }) {
    const evidence = ["readiness.pods", "alarm-history.flapping"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    // A series may end because nobody wrote it any more: a pod that is still listed has not left.
    const listed = new Set(workload.pods.map(({ name }) => name));
    const gone = readiness
      .filter(({ pod }) => !listed.has(pod))
      .flatMap(({ ready }) => {
        const last = cells(ready).at(-1);
        return last && last.at + ready.step < window.end - STILL_THERE ? [last.at + ready.step] : [];
      })
      .sort((a, b) => a - b);
    if (gone.length === 0) return no("no pod left in the window", evidence, 0);
    const times: Span[] = [];
    for (const at of gone) {
      const before = times.at(-1);
      if (before && at - before.end <= TOGETHER) times[times.length - 1] = { start: before.start, end: at };
      else times.push({ start: at, end: at });
    }
    const meets = (burst: Span, { start, end }: Span) => start < burst.end + 60 && end > burst.start - BEFORE;
    const matched = episodes.filter(({ burst }) => times.some((time) => meets(burst, time))).length;
    const hurting = times.filter((time) => episodes.some(({ burst }) => meets(burst, time))).length;
    const figure = `pods leave in ${matched} of ${plural(episodes.length, "episode")}, and ${hurting} of the ${plural(times.length, "time")} at which pods left fell into one`;
    if (matched >= MOST * episodes.length && hurting >= HURT * times.length)
      return yes(figure, evidence, matched / episodes.length);
    return matched === 0 ? no(figure, evidence, 0) : unclear(figure, evidence, matched / episodes.length);
  },
});
