import type { Outcome, Session } from "../model/session.ts";

/** How an investigation that came to its end has ended. */
export function outcomeOf({ verdict, gaps, exchanges, facts, playbook }: Session): Outcome {
  if (gaps.some(({ kind }) => kind === "defect")) return "defect";
  if (verdict?.rootCause) return verdict.confidence === "confirmed" ? "established" : "likely";
  const aws = exchanges.filter(({ question }) => question.source === "cloudwatch" || question.source === "elbv2");
  if (aws.length > 0 && aws.every(({ answer }) => answer?.status === "failed")) return "unread";
  if (playbook !== null) return "open";
  if (facts.alarm || facts.refusal) return "unsupported-alarm";
  return gaps.some(({ kind }) => kind === "missing") ? "no-alarm" : "open";
}
