/** The only module that a playbook imports. */
import type { FactName } from "./model/facts.ts";
import type {
  FactorDefinition,
  FixDefinition,
  HypothesisDefinition,
  Judged,
  Playbook,
  Step,
} from "./model/playbook.ts";

export * from "./analysis/index.ts";
export type * from "./model/facts.ts";
export type { Fix, Refusal } from "./model/judgement.ts";
export type { Ask, Playbook, Told } from "./model/playbook.ts";
export { cpuMax, quantity } from "./model/quantity.ts";
export type { Asked, Question, Typed } from "./model/question.ts";
export { shellQuoted } from "./model/shell.ts";
export * from "./model/time.ts";
export * from "./model/words.ts";
export * from "./remedy/index.ts";
export * from "./sources/cloudwatch/metrics.ts";
export * from "./sources/cloudwatch/questions.ts";
export * from "./sources/elbv2/questions.ts";
export * from "./sources/kubernetes/questions.ts";
export { prometheusAmong, prometheusCandidates } from "./sources/prometheus/known.ts";
export * from "./sources/prometheus/questions.ts";

/**
 * A step, checked against the facts that it names. The cast forgets which facts those are: the engine hands over exactly
 * the declared ones.
 */
export function defineStep<N extends FactName, U extends FactName, G extends FactName>(step: Step<N, U, G>): Step {
  return step as unknown as Step;
}

export function defineHypothesis<N extends FactName, U extends FactName>(
  hypothesis: HypothesisDefinition<N, U>,
): HypothesisDefinition {
  return hypothesis as unknown as HypothesisDefinition;
}

export function defineFactor<N extends FactName>(factor: FactorDefinition<N>): FactorDefinition {
  return factor as unknown as FactorDefinition;
}

export function defineFix(fix: FixDefinition): FixDefinition {
  return fix;
}

export function definePlaybook(playbook: Playbook): Playbook {
  return playbook;
}

type Words = Pick<Judged, "headline" | "summary" | "title">;

/** The deciding finding shows it. */
export function confirmed(
  because: string,
  evidence: readonly string[],
  explains: readonly number[],
  words: Words = {},
): Judged {
  return { status: "confirmed", because, evidence, explains, ...words };
}

/** The evidence points to it, but what would decide is missing or ambiguous. */
export function supported(
  because: string,
  evidence: readonly string[],
  explains: readonly number[],
  words: Words = {},
): Judged {
  return { status: "supported", because, evidence, explains, ...words };
}

/** The deciding finding cannot be reconciled with it. */
export function rejected(because: string, evidence: readonly string[], words: Pick<Words, "title"> = {}): Judged {
  return { status: "rejected", because, evidence, explains: [], ...words };
}

/**
 * Not enough data; `because` says what is missing. `explains` names the episodes that it would explain where something
 * speaks for it that nothing has answered yet: then no cause that comes after it is named.
 */
export function undetermined(
  because: string,
  evidence: readonly string[] = [],
  words: Pick<Words, "title"> = {},
  explains: readonly number[] = [],
): Judged {
  return { status: "undetermined", because, evidence, explains, ...words };
}
