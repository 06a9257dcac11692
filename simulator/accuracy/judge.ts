import type { Judged, Judgement } from "../truth.ts";

/** As much of an investigation's result as is compared. */
export interface Said {
  readonly rootCause: string | null;
  readonly confidence: string;
  readonly hypotheses: readonly { readonly cause: string; readonly status: string }[];
}

export interface Marks {
  /** "open": a cause is true, and none was named. */
  readonly outcome: "right" | "accepted" | "open" | "wrong";
  readonly confirmedWrong: boolean;
  /** Whether the cause that was named is one of those that must never be. */
  readonly never: boolean;
  /** Whether the true cause was ruled out. */
  readonly truthRejected: boolean;
}

/** Factors that are there and were not named, and such that were named and are not there. */
export function factorMarks({ factors }: Judgement, named: readonly string[]): { missed: string[]; madeUp: string[] } {
  return {
    missed: (factors?.present ?? []).filter((factor) => !named.includes(factor)),
    madeUp: (factors?.absent ?? []).filter((factor) => named.includes(factor)),
  };
}

/** Compares ids, and nothing else. */
export function marksOf({ truth, accept, never }: Judgement, said: Said): Marks {
  const named = said.rootCause;
  const among = (causes: readonly string[]) => named !== null && causes.includes(named);
  const outcome = named === truth ? "right" : named === null ? "open" : among(accept) ? "accepted" : "wrong";
  return {
    outcome,
    confirmedWrong: outcome === "wrong" && said.confidence === "confirmed",
    never: outcome === "wrong" && among(never),
    truthRejected: said.hypotheses.some(({ cause, status }) => cause === truth && status === "rejected"),
  };
}

/** What was made of a world whose evidence decides its cause; null where it does not, or nothing is to be decided. */
export type OfDecided = "right" | "accepted" | "open" | "wrong";

/** An accepted answer counts as right where it is as true as the judgement's own. */
export function ofDecided({ decision, alsoTrue }: Judged, said: string | null, { outcome }: Marks): OfDecided | null {
  if (decision.decided !== true) return null;
  return outcome === "accepted" && alsoTrue.some((cause) => cause === said) ? "right" : outcome;
}
