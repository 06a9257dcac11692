import { fact } from "../../../src/playbook.ts";

/** What an alarm's dimensions name, held against what is there. */
export interface Watched {
  /** Why no metric can have these dimensions, and what to set instead; null where one can. */
  readonly fault: { readonly because: string; readonly remedy: string } | null;
  /** What they name and what is not there any more: "the target group web/0123"; null where that is not known. */
  readonly gone: readonly string[] | null;
  /** Target groups of the load balancer that may have taken a vanished one's place, by their dimension. */
  readonly instead: readonly string[];
}

export const watchedFact = fact<Watched>("watched", "what the alarm watches");
