/** What a playbook imports; its pictures and figures have faces of their own, src/picture.ts and src/figure.ts. */
import type { CauseDefinition, FactorDefinition, FixDefinition, Playbook, Step } from "./model/playbook.ts";
import type { Condition, Reading, Signal, SignalAnswer, SignalDefinition } from "./model/signal.ts";
import type { FactToken, Tokens } from "./model/token.ts";

export * from "./analysis/index.ts";
export type { Decision } from "./model/decision.ts";
export type * from "./model/facts.ts";
export type { Fix, Refusal } from "./model/judgement.ts";
export * from "./model/metric.ts";
export * from "./model/metric-words.ts";
export type { Ask, Playbook, Step, StepContext, Told } from "./model/playbook.ts";
export { cpuMax, quantity } from "./model/quantity.ts";
export type { Asked, Question, Typed } from "./model/question.ts";
export { shellQuoted } from "./model/shell.ts";
export type { Condition, Reading, Signal } from "./model/signal.ts";
export * from "./model/time.ts";
export { type FactToken, fact, sharedFact } from "./model/token.ts";
export * from "./model/words.ts";
export * from "./remedy/index.ts";
export * from "./sources/cloudwatch/metrics.ts";
export * from "./sources/cloudwatch/questions.ts";
export * from "./sources/elbv2/questions.ts";
export type { Container, PodSpec } from "./sources/kubernetes/pod-spec.ts";
export * from "./sources/kubernetes/questions.ts";
export { prometheusAmong, prometheusCandidates } from "./sources/prometheus/known.ts";
export * from "./sources/prometheus/questions.ts";

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
