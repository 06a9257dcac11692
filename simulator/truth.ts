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
