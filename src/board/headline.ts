import { unjudged, withoutCause } from "../model/outcome.ts";
import type { Session } from "../model/session.ts";
import { rulingOn } from "../model/user.ts";
import { duration, plural, withoutCycles } from "../model/words.ts";

/** The verdict in one line, or why there is none. */
export function headlineOf({ outcome, verdict }: Session): string {
  if (outcome === null) return "not reached yet";
  return unjudged(outcome) ?? verdict?.headline ?? withoutCause(outcome);
}

/** How sure the verdict is; what the person says of the cause stands beside it. Empty without a cause. */
export function rankOf({ verdict, user }: Session): string {
  if (!verdict?.rootCause) return "";
  const { episodes, of } = verdict.explains;
  const rank = `${verdict.confidence} · ${verdict.rootCause} · explains ${episodes} of ${plural(of, "episode")}`;
  const ruling = rulingOn(user ?? [], verdict.rootCause);
  if (!ruling) return rank;
  return `${rank} · you ${ruling.ruling === "rejected" ? "ruled it out" : "accepted it"}`;
}

/** "9 × OK→ALARM in 4 h 50 min"; empty where the episodes are unknown. */
export function flappingOf({ facts: { episodes } }: Session): string {
  if (!episodes) return "";
  if (episodes.cycles === 0) return withoutCycles(episodes);
  return episodes.cycles === 1 ? "OK→ALARM once" : `${episodes.cycles} × OK→ALARM in ${duration(episodes.flappingFor)}`;
}
