import {
  cells,
  defineSignal,
  type Episode,
  type EpisodesFact,
  no,
  plural,
  type Reading,
  type RolloutFact,
  type Span,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { readinessFact } from "../evidence/readiness/fact.ts";
import { rolloutsFact } from "../evidence/rollouts/fact.ts";
import { workloadFact } from "../evidence/workload/fact.ts";

/** A pod's leaving belongs to an episode from so many seconds before its first error; deregistration takes that long to be seen. */
export const BEFORE = 180;
/** In this share of the episodes pods must leave. */
export const MOST = 0.6;
/** ... and of the times at which pods leave, this share must have an episode: leaving that loses nothing is no cause. */
export const HURT = 0.5;
/** Pods that leave within so many seconds of each other leave together. */
export const TOGETHER = 300;
/** Pods leave in at most this share of the episodes: whatever it does in those, the others have another cause. */
export const FEW = 0.1;
/** Where only the rollouts are known: the last of the old pods leaves within so many seconds of its rollout's beginning. */
export const REPLACED = 600;
/** Where only the rollouts are known, so many of them must have an episode: one may be chance. */
export const LEAST = 2;
/** A pod whose last minute is so close to the window's end, seconds, may still be there. */
export const STILL_THERE = 180;

/** Do the errors come when pods leave, by a rollout or a scale-in, and not otherwise? */
export default defineSignal({
  id: "errors-when-pods-leave",
  question: "Do the errors come when pods leave?",
  needs: { episodes: episodesFact, workload: workloadFact },
  uses: { readiness: readinessFact, rollouts: rolloutsFact },
  read({ readiness, rollouts, episodes: { episodes, window }, workload }) {
    const evidence = ["readiness.pods", "alarm-history.flapping"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    if (!readiness) return atRollouts(rollouts ?? [], { episodes, window });
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
    return matched <= FEW * episodes.length
      ? no(figure, evidence, matched / episodes.length)
      : unclear(figure, evidence, matched / episodes.length);
  },
});

/** A rollout replaces all pods. That pods left in none of the episodes it cannot tell: they leave in a scale-in too. */
function atRollouts(
  rollouts: readonly RolloutFact[],
  { episodes, window }: Pick<EpisodesFact, "episodes" | "window">,
): Reading {
  const evidence = ["rollouts.latest", "alarm-history.flapping"];
  const times = rollouts.filter(({ at }) => at >= window.start && at < window.end - STILL_THERE);
  const meets = ({ burst }: Episode, { at }: RolloutFact) => at < burst.end + 60 && at + REPLACED > burst.start;
  const matched = episodes.filter((episode) => times.some((rollout) => meets(episode, rollout))).length;
  const hurting = times.filter((rollout) => episodes.some((episode) => meets(episode, rollout))).length;
  if (hurting < LEAST || matched < MOST * episodes.length || hurting < HURT * times.length)
    return unknown("needs when the pods were ready", evidence);
  return yes(
    `rollouts replace the pods in ${matched} of ${plural(episodes.length, "episode")}, and ${hurting} of the ${plural(times.length, "rollout")} fell into one`,
    evidence,
    matched / episodes.length,
  );
}
