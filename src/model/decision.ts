import type { Status } from "./judgement.ts";
import type { SignalAnswer } from "./signal.ts";

/**
 * One line of a cause's decision table: what the signals say, where it differs from the picture that confirms the cause,
 * and what the cause must then be. Read aloud: "the nodes are full → rejected".
 */
export interface Decision {
  readonly when: string;
  readonly says: { readonly [signal: string]: SignalAnswer };
  /** What every signal says that `says` does not name, instead of what fits the cause. */
  readonly others?: SignalAnswer;
  readonly status: Status;
  /** What becomes of the causes declared after it while it is open: none is named, or each is likely at most. */
  readonly later?: "none named" | "likely at most";
}
