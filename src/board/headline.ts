import type { Session } from "../model/session.ts";
import { rulingOn } from "../model/user.ts";
import { rankOf as ranked, verdictOf } from "../output/verdict.ts";

/** The verdict in one line, or why there is none. */
export function headlineOf(session: Session): string {
  return session.outcome === null ? "not reached yet" : verdictOf(session).headline;
}

/** How sure the verdict is; what the person says of the cause stands beside it. Empty without a cause. */
export function rankOf(session: Session): string {
  if (session.outcome === null) return "";
  return [ranked(session), rulingWords(session)].filter((words) => words !== "").join(" · ");
}

/** "you ruled it out"; empty where the person said nothing of the cause. */
export function rulingWords({ verdict, user }: Session): string {
  const ruling = verdict?.rootCause ? rulingOn(user ?? [], verdict.rootCause) : null;
  if (!ruling) return "";
  return `you ${ruling.ruling === "rejected" ? "ruled it out" : "accepted it"}`;
}
