import type { Verdict } from "../model/judgement.ts";
import type { Outcome, Session } from "../model/session.ts";

/** Why there is no verdict on the alarm at all, whatever was judged. */
const UNJUDGED: Record<Exclude<Outcome, "cause" | "no-cause">, string> = {
  "no-such-alarm": "not established: there is no alarm of this name.",
  "aws-unreadable": "not established: AWS could not be read at all.",
  interrupted: "not established: the investigation was interrupted before it came to a verdict.",
};

/** The session's verdict as it is told; an interrupted session (or one whose process was killed) has one too. */
export function verdictOf({ outcome, verdict, facts }: Session): Verdict {
  if (verdict && (outcome === "cause" || outcome === "no-cause")) return verdict;
  const words = UNJUDGED[outcome === "no-such-alarm" || outcome === "aws-unreadable" ? outcome : "interrupted"];
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
