import type { Verdict } from "../model/judgement.ts";
import type { Outcome, Session } from "../model/session.ts";

/** Why there is no verdict on the alarm at all, whatever was judged. */
const UNJUDGED: { readonly [outcome in Outcome]?: string } = {
  "no-alarm": "not established: there is no alarm of this name.",
  unread: "not established: AWS could not be read at all.",
};
const INTERRUPTED = "not established: the investigation was interrupted before it came to a verdict.";

/** The session's verdict as it is told; an interrupted session (or one whose process was killed) has one too. */
export function verdictOf({ outcome, verdict, facts }: Session): Verdict {
  const unjudged = outcome === null || outcome === "interrupted" ? INTERRUPTED : UNJUDGED[outcome];
  if (verdict && unjudged === undefined) return verdict;
  const words = unjudged ?? INTERRUPTED;
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
