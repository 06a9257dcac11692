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
}
