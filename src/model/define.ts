/** How a playbook's units and their signals' answers are written. */
import type { CauseDefinition, FactorDefinition, FixDefinition, Playbook, Step } from "./playbook.ts";
import type { Condition, Reading, Signal, SignalAnswer, SignalDefinition } from "./signal.ts";
import type { FactToken, Tokens } from "./token.ts";

/**
 * A unit, checked against the facts that it names. The cast forgets which facts those are: the engine hands over exactly
 * the declared ones.
 */
export function defineStep<N extends Tokens>(step: Step<N>): Step {
  return step as unknown as Step;
}

export function defineSignal<N extends Tokens, U extends Tokens>(signal: SignalDefinition<N, U>): Signal {
  return signal as unknown as Signal;
}

export function defineCause<U extends Tokens>(cause: CauseDefinition<U>): CauseDefinition {
  return cause as unknown as CauseDefinition;
}

export function defineFactor<N extends Tokens>(factor: FactorDefinition<N>): FactorDefinition {
  return factor as unknown as FactorDefinition;
}

export function defineFix<U extends Tokens = Record<never, FactToken>>(fix: FixDefinition<U>): FixDefinition {
  return fix as unknown as FixDefinition;
}

export function definePlaybook(playbook: Playbook): Playbook {
  return playbook;
}

/** The signal says yes: the figures are on its side. */
export function yes(statement: string, evidence: readonly string[], figure: number | null = null): Reading {
  return { answer: "yes", statement, evidence, figure };
}

/** The signal says no: the figures are clearly on the other side. */
export function no(statement: string, evidence: readonly string[], figure: number | null = null): Reading {
  return { answer: "no", statement, evidence, figure };
}

/** The evidence is there and says neither. */
export function unclear(statement: string, evidence: readonly string[], figure: number | null = null): Reading {
  return { answer: "unclear", statement, evidence, figure };
}

/** The evidence is not there; `statement` says what is missing, as in "needs the nodes' CPU". */
export function unknown(statement: string, evidence: readonly string[] = []): Reading {
  return { answer: "unknown", statement, evidence, figure: null };
}

/** A condition of a cause's table: the signal gives one of these answers. */
export function is(signal: Signal, ...answers: readonly SignalAnswer[]): Condition {
  return { signal, answers };
}
