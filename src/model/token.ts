import type { FactName, Facts } from "./facts.ts";

/**
 * A fact that evidence gives and signals, causes, factors and fixes read: its id, and in its type the shape of its value.
 * Whoever names a token gets its value with its type; an id that no evidence gives does not compile.
 */
export interface FactToken<T = unknown> {
  /** Stable: it is the fact's key in a session. */
  readonly id: string;
  /** The fact in a person's words, as in "needs the pods' CPU". */
  readonly title: string;
  /** Not told as missing where evidence ends without it: most investigations have none. */
  readonly optional?: boolean;
  /** Carries the type alone; never set. */
  readonly value?: T;
}

/** A fact that only playbooks know. */
export function fact<T>(id: string, title: string): FactToken<T> {
  return { id, title };
}

/** A fact that outputs and the board read as well: one of `Facts`. */
export function sharedFact<N extends FactName>(
  id: N,
  title: string,
  optional = false,
): FactToken<NonNullable<Facts[N]>> {
  return optional ? { id, title, optional } : { id, title };
}

/** Tokens by the name under which a unit reads them: `{ podCpu: podCpuFact }`. */
export interface Tokens {
  readonly [name: string]: FactToken;
}

/** The values of tokens, under the same names. */
export type Values<T extends Tokens> = { readonly [K in keyof T]: T[K] extends FactToken<infer V> ? V : never };
