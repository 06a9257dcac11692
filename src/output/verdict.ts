import type { Verdict } from "../model/judgement.ts";
import { unjudged, withoutCause } from "../model/outcome.ts";
import type { Session } from "../model/session.ts";
import { plural } from "../model/words.ts";

/** The session's verdict as it is told; an interrupted session (or one whose process was killed) has one too. */
export function verdictOf({ outcome, verdict, facts }: Session): Verdict {
  const without = unjudged(outcome ?? "interrupted");
  if (verdict && without === null) return verdict;
  const words = without ?? withoutCause(outcome ?? "interrupted");
  return {
    rootCause: null,
    confidence: "none",
    headline: words,
    summary: words,
    service: verdict?.service ?? null,
    factors: verdict?.factors ?? [],
    explains: { episodes: 0, of: facts.episodes?.episodes.length ?? 0 },
  };
}

/** How sure the verdict is and how much it explains; empty without a cause. */
export function rankOf(session: Session): string {
  const { rootCause, confidence, explains } = verdictOf(session);
  if (rootCause === null) return "";
  return `${confidence} · ${rootCause} · explains ${explains.episodes} of ${plural(explains.of, "episode")}`;
}
