import type { Tokens, Values } from "./token.ts";

/**
 * What a signal says of the facts. `unclear`: the evidence is there and says neither; `unknown`: it is not there. A
 * signal that is noisy, sparse or mixed is unclear, so that a true cause is never ruled out by it.
 */
export const ANSWERS = ["yes", "no", "unclear", "unknown"] as const;
export type SignalAnswer = (typeof ANSWERS)[number];

/** A signal's answer with the sentence that a verdict takes from it. */
export interface Reading {
  readonly answer: SignalAnswer;
  /** One clause with its figures; for `unknown`, what is missing: "needs the nodes' CPU". */
  readonly statement: string;
  /** Ids of the findings that hold the figures, the deciding one first. */
  readonly evidence: readonly string[];
  /** The figure that decided, in its own unit; null where there is none. */
  readonly figure: number | null;
}

/**
 * A named question about the facts. Pure. Every threshold of the judgement stands in exactly one signal, named, with its
 * reason and source. Where a needed fact is missing it is not asked, and its answer is `unknown`.
 */
export interface SignalDefinition<Needs extends Tokens = Tokens, Uses extends Tokens = Tokens> {
  /** The name of its file. */
  readonly id: string;
  /** The question as a person would ask it: "Did all pods run alike in the episodes?" */
  readonly question: string;
  readonly needs: Needs;
  /** Facts that it can do without. */
  readonly uses: Uses;
  read(facts: Values<Needs> & Partial<Values<Uses>>): Reading;
}

/** A signal as causes name it: which facts it reads is its own affair. */
export type Signal = SignalDefinition<Tokens, Tokens>;

/** A signal with the answers that fulfil a condition. */
export interface Condition {
  readonly signal: Signal;
  readonly answers: readonly SignalAnswer[];
}

/** Readings of signals by the signal's id. */
export type Readings = ReadonlyMap<string, Reading>;
