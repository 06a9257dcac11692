import { defineSignal, type Episode, no, percent, plural, unclear, unknown, yes } from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { type Restart, restartsFact } from "../evidence/restarts/fact.ts";

/** A restart belongs to an episode up to so many seconds before its first breach: a container takes time to come back. */
export const BEFORE = 300;
/** In this share of the episodes a restart must stand at their beginning. */
export const MOST = 0.6;
/** ... and in this share of the restarts they must have an episode after them: restarts that hurt nobody are no cause. */
export const HURT = 0.5;
/** So many restarts at least must stand there: that one comes just before the only episode may be chance. */
export const LEAST = 2;

/** Episodes that begin with a restart, and restarts that fall into an episode or shortly before one. */
export function matchesOf(restarts: readonly Restart[], episodes: readonly Episode[]) {
  const begins = ({ burst }: Episode, at: number) => at >= burst.start - BEFORE && at <= burst.start + 60;
  return {
    matched: episodes.filter((episode) => restarts.some(({ at }) => begins(episode, at))).length,
    // The counter is seen to have risen up to a minute later.
    hurting: restarts.filter(({ at }) =>
      episodes.some(({ burst }) => at >= burst.start - BEFORE && at < burst.end + 60),
    ).length,
  };
}

/** Do containers restart just before the episodes begin, and not otherwise? */
export default defineSignal({
  id: "restarts-match-episodes",
  question: "Do containers restart when the episodes begin?",
  needs: { restarts: restartsFact, episodes: episodesFact },
  uses: {},
  read({ restarts: { restarts, reasons }, episodes: { episodes } }) {
    const evidence = ["restarts.restarts"];
    if (episodes.length === 0) return unknown("there is no episode", evidence);
    if (restarts.length === 0) return no("no container was restarted in the window", evidence, 0);
    const { matched, hurting } = matchesOf(restarts, episodes);
    const why = reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
    const figure = `${matched} of ${plural(episodes.length, "episode")} begin with a restart of a container${why}, and ${percent(hurting / restarts.length)} of the ${plural(restarts.length, "restart")} fall into one`;
    if (matched >= MOST * episodes.length && hurting >= Math.max(LEAST, HURT * restarts.length))
      return yes(figure, evidence, matched / episodes.length);
    return matched === 0 ? no(figure, evidence, 0) : unclear(figure, evidence, matched / episodes.length);
  },
});
