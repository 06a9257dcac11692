import type { FactName, Facts } from "./facts.ts";
import type { Measure } from "./finding.ts";
import type { FactorFound, Fix, Hypothesis, Judgement, Verdict } from "./judgement.ts";
import type { Asked, FailureKind, Question, SourceName, Typed } from "./question.ts";
import type { Epoch, Span } from "./time.ts";
import type { Cause, Factor } from "./vocabulary.ts";

/** The words and figures of a finding. */
export interface Told {
  readonly statement: string;
  readonly measures: { readonly [name: string]: Measure };
}

/** Asks a question, once per investigation. A failure has become a gap by the time this returns. */
export type Ask = <T>(typed: Typed<T>) => Promise<Asked<T>>;

/** What a step can do. It has no other way to the outside. */
export interface StepContext<Needs extends FactName, Uses extends FactName, Gives extends FactName> {
  /** The facts that it needs. */
  readonly facts: Pick<Facts, Needs>;
  /** Waits for a fact that it can do without; undefined where the fact could not be found. */
  use<N extends Uses>(name: N): Promise<Facts[N] | undefined>;
  /** The alarm's name, as the user gave it. */
  readonly alarmName: string;
  readonly now: Epoch;
  readonly window: Span;
  /** Whether the user allows reading cgroup files and the process list in one pod. */
  readonly allowExec: boolean;
  readonly ask: Ask;
  /** Gives a fact as soon as it is known, so that the steps that wait for it can start. */
  give<N extends Gives>(name: N, value: Facts[N]): void;
  /** Records a finding; `id` is without the step's name, `proof` the questions that show it. */
  find(finding: Told & { readonly id: string; readonly proof: readonly Question[] }): void;
  /** Records that an answer came but does not hold what was looked for: an empty list is not "nothing happened". */
  lack(gap: {
    readonly source: SourceName;
    readonly kind: FailureKind;
    readonly what: string;
    readonly remedy: string;
  }): void;
}

/** One stage of the diagnosis: asks questions and gives facts. It runs as soon as the facts that it needs are there. */
export interface Step<
  Needs extends FactName = FactName,
  Uses extends FactName = FactName,
  Gives extends FactName = FactName,
> {
  readonly id: string;
  /** A few words for the screen. */
  readonly title: string;
  readonly needs: readonly Needs[];
  /** Facts that it can do without, and waits for only when it comes to them. */
  readonly uses: readonly Uses[];
  readonly gives: readonly Gives[];
  run(context: StepContext<Needs, Uses, Gives>): Promise<void>;
}

/** A judgement with the words that the verdict takes from it. */
export interface Judged extends Judgement {
  /** Replaces the hypothesis' title where the facts name it better: "the deploy of v1.14.3-prod". */
  readonly title?: string;
  /** The cause in one line, and in one paragraph from the burst to the page; for confirmed and supported. */
  readonly headline?: string;
  readonly summary?: string;
}

/** One possible cause. `judge` is pure; where a needed fact is missing it is not called and the cause stays open. */
export interface HypothesisDefinition<Needs extends FactName = FactName, Uses extends FactName = FactName> {
  readonly cause: Cause;
  readonly title: string;
  readonly claim: string;
  readonly needs: readonly Needs[];
  readonly uses: readonly Uses[];
  judge(facts: Pick<Facts, Needs> & Partial<Pick<Facts, Uses>>): Judged;
}

/** One contributing factor. `find` is pure and answers null where the factor is not there. */
export interface FactorDefinition<Needs extends FactName = FactName> {
  readonly factor: Factor;
  readonly needs: readonly Needs[];
  find(facts: Pick<Facts, Needs>): Omit<FactorFound, "factor"> | null;
}

/** One kind of fix for the causes that it names; pure. */
export interface FixDefinition {
  readonly id: string;
  readonly for: readonly Cause[];
  propose(facts: Partial<Facts>, verdict: Verdict, hypotheses: readonly Hypothesis[]): Fix | null;
}

/** What an on-call engineer knows about one kind of alarm. The order of the lists is the order of every output. */
export interface Playbook {
  readonly id: string;
  readonly steps: readonly Step[];
  /** In case of a tie in the episodes explained, the earlier cause wins. */
  readonly hypotheses: readonly HypothesisDefinition[];
  readonly factors: readonly FactorDefinition[];
  readonly fixes: readonly FixDefinition[];
}
