import type { Outcome, Session } from "../model/session.ts";
import type { SourceWords } from "../model/source-words.ts";

/** How an investigation that came to its end has ended. */
export function outcomeOf(
  { verdict, gaps, exchanges, facts, playbook }: Session,
  { vital }: Pick<SourceWords, "vital">,
): Outcome {
  if (gaps.some(({ kind }) => kind === "defect")) return "defect";
  if (verdict?.rootCause) return verdict.confidence === "confirmed" ? "established" : "likely";
  const needed = exchanges.filter(({ question }) => vital(question.source));
  if (needed.length > 0 && needed.every(({ answer }) => answer?.status === "failed")) return "unread";
  if (playbook !== null) return "open";
  if (facts.alarm || facts.refusal) return "unsupported-alarm";
  return gaps.some(({ kind }) => kind === "missing") ? "no-alarm" : "open";
}
