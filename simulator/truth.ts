import type { Cause, Factor } from "../src/model/vocabulary.ts";

/**
 * What is true of a world: a cause of the vocabulary, or one that the shared list of causes names and the product does
 * not know yet. Judging worlds must not wait for the product's own words.
 */
export type TrueCause =
  | Cause
  | "connection-pinning"
  | "health-check-cascade"
  | "expensive-endpoint"
  | "bad-target"
  | "client-storm"
  | "configuration-change";

/** What may be said of a world, written down by whoever made it; never from what a diagnosis says. */
export interface Judgement {
  /** Null: the right answer is that no cause is established. */
  readonly truth: TrueCause | null;
  /** Further answers that are not wrong. Null, "not established", is always one of them. */
  readonly accept: readonly TrueCause[];
  /** Answers that would send people to the wrong place; naming one is worse than naming another wrong one. */
  readonly never: readonly TrueCause[];
  /** Contributing factors that are there for certain, and some that are certainly not. Absent: nobody looked. */
  readonly factors?: { readonly present: readonly Factor[]; readonly absent: readonly Factor[] };
  /** Why, in one sentence. */
  readonly why: string;
}

/** Whether a competent engineer who holds the answers of one drawn world, and nothing else, would call its cause proven. */
export interface Decision {
  /** Null where nothing is to be decided: no cause is true of the world, or none can be known. */
  readonly decided: boolean | null;
  /** The evidence that only the true cause shows; where there is none, what looks the same. */
  readonly by: string;
  /** Why this draw does not show it though others of its kind do: sources that it leaves out, or "the effect". */
  readonly lacks: readonly string[];
}

/** The judgement of one drawn world. */
export interface Judged extends Judgement {
  readonly decision: Decision;
  /** Of the accepted answers those that are as true as `truth`: undoing either ends the alarm. */
  readonly alsoTrue: readonly TrueCause[];
}
