import type { Outcome } from "./session.ts";

/** What is said of an investigation without a cause: one wording for the board, the page, the postmortem and the list. */
const WITHOUT_CAUSE: { readonly [outcome in Exclude<Outcome, "established" | "likely">]: string } = {
  open: "not established.",
  "unsupported-alarm": "not established: lbdoctor does not judge alarms of this kind.",
  "no-alarm": "not established: there is no alarm of this name.",
  unread: "not established: AWS could not be read.",
  defect: "not established: a part of lbdoctor failed.",
  interrupted: "not established: interrupted before there was a verdict.",
};

/** Outcomes in which the alarm was not judged: whatever the verdict says then, it is of no use. */
const UNJUDGED: readonly string[] = ["no-alarm", "unread", "interrupted"];

/** The sentence for this outcome; of a later version's the word itself. */
export function withoutCause(outcome: string): string {
  return outcome in WITHOUT_CAUSE ? WITHOUT_CAUSE[outcome as keyof typeof WITHOUT_CAUSE] : outcome;
}

/** Why there is no verdict on the alarm at all, whatever was judged; null where there may be one. */
export function unjudged(outcome: Outcome): string | null {
  return UNJUDGED.includes(outcome) ? withoutCause(outcome) : null;
}
