import type { AlarmFact, Facts } from "./facts.ts";
import type { Measure } from "./finding.ts";
import type { ActionKind, FactorAction, FactorFound, Fix, Hypothesis, Verdict } from "./judgement.ts";
import type { PodsMadeUp } from "./pods-made-up.ts";
import type { Asked, FailureKind, Question, SourceName, Typed } from "./question.ts";
import type { Condition, Readings, Signal } from "./signal.ts";
import type { Epoch, Span } from "./time.ts";
import type { FactToken, Tokens, Values } from "./token.ts";
import type { Cause, Factor } from "./vocabulary.ts";

/** The words and figures of a finding. */
export interface Told {
  readonly statement: string;
  readonly measures: { readonly [name: string]: Measure };
}

/** Asks a question, once per investigation. A failure has become a gap by the time this returns. */
export type Ask = <T>(typed: Typed<T>) => Promise<Asked<T>>;

/** An answer that came and does not hold what was looked for: an empty list is not "nothing happened". */
export interface Lack {
  readonly source: SourceName;
  readonly kind: FailureKind;
  readonly what: string;
  readonly remedy: string;
}

/** What evidence can do while it is collected. It has no other way to the outside. */
export interface StepContext<Needs extends Tokens> {
  /** The facts that it needs. */
  readonly facts: Values<Needs>;
  /** Waits for a fact that it can do without, one of `uses`; undefined where the fact could not be found. */
  use<T>(token: FactToken<T>): Promise<T | undefined>;
  /** The alarm's name, as the user gave it. */
  readonly alarmName: string;
  readonly now: Epoch;
  readonly window: Span;
  /** Whether the user allows reading cgroup files and the process list in one pod. */
  readonly allowExec: boolean;
  /** Whether logs, or the access log alone, are given by an option or a recording, wherever the load balancer writes them. */
  readonly logsGiven: boolean | "requests";
  readonly ask: Ask;
  /** Gives a fact, one of `gives`, as soon as it is known, so that those who wait for it can start. */
  give<T>(token: FactToken<T>, value: T): void;
  /**
   * Records a finding; `id` is without the step's name, `proof` the questions that show it, `short` the one that shows
   * its main figure alone, where that is not the first of them.
   */
  find(finding: Told & { readonly id: string; readonly proof: readonly Question[]; readonly short?: Question }): void;
  lack(gap: Lack): void;
}

/** One stage of the diagnosis: asks questions and gives facts. It runs as soon as the facts that it needs are there. */
export interface Step<Needs extends Tokens = Tokens> {
  readonly id: string;
  /** A few words for the screen. */
  readonly title: string;
  readonly needs: Needs;
  /** Facts that it can do without, and waits for only when it comes to them. */
  readonly uses: readonly FactToken[];
  readonly gives: readonly FactToken[];
  /** Pods for which it asks more than for an application's, by what they are called: a plan is made for each of them. */
  readonly asksMoreFor?: { readonly [called: string]: PodsMadeUp };
  run(context: StepContext<Needs>): Promise<void>;
}

/** The words that the verdict takes from a cause. */
export interface CauseWords {
  /** Replaces the cause's title where the facts name it better: "the deploy of v1.14.3-prod". */
  readonly title?: string;
  /** The cause in one line, and in one paragraph from the spike to the page; for confirmed and supported. */
  readonly headline?: string;
  readonly summary?: string;
}

/**
 * One possible cause, as a table over signals. It is judged in this order: where `elsewhere` says yes it is open; any
 * condition of `rejects` rules it out, the first in order decides; if every signal of `specific` says yes and every
 * condition of `needs` holds, it is confirmed; if all of `supports` holds, it is supported; otherwise it stays open, for what is missing first.
 */
export interface CauseDefinition<Uses extends Tokens = Tokens> {
  readonly cause: Cause;
  /** Where another kind of alarm judges the cause by a table of its own: the name of that file beside cause.ts. */
  readonly table?: string;
  readonly title: string;
  readonly claim: string;
  /**
   * Whether what was read is of something other than what the cause is about, as where the pods only pass requests on.
   * Where it says yes the cause stays open, whatever else is read; where it is unclear nothing rules the cause out.
   */
  readonly elsewhere?: Signal;
  /** Each of these rules it out. Only clear answers may stand here: never unclear, never unknown. */
  readonly rejects: readonly Condition[];
  /** What this cause shows and its neighbours do not. Without one it can be supported at most. */
  readonly specific: readonly Signal[];
  /** What has to be known besides, since something else could make the same picture. */
  readonly needs: readonly Condition[];
  /** What points to it without showing it; empty: nothing does. */
  readonly supports: readonly Condition[];
  /**
   * Conditions under which it stays open and yet speaks for itself: then no cause declared after it is named, because it
   * may be what brought that one about.
   */
  readonly blocks?: readonly Condition[];
  /** Whether it may bring the other causes about, as a rollout does: while it is open, none of them is confirmed. */
  readonly bringsAbout?: boolean;
  /**
   * Whether it is the answer as soon as its specific signals say yes, also where no episode is known: the alarm itself has to
   * change, or it tells ahead of time of what is to come. No other cause is named beside it.
   */
  readonly standsAlone?: boolean;
  /** Facts for `explains` and `words`. */
  readonly uses: Uses;
  /** Ids of the episodes that it explains. All of the window's where it is not given. */
  explains?(facts: Partial<Values<Uses>>, readings: Readings): readonly number[];
  words(facts: Partial<Values<Uses>>, readings: Readings): CauseWords;
  /** Causes that look the same to every signal, each with the evidence that would tell them apart. */
  readonly indistinguishable?: { readonly [cause in Cause]?: string };
}

/** One contributing factor. `find` is pure and answers null where the factor is not there. */
export interface FactorDefinition<Needs extends Tokens = Tokens> {
  readonly factor: Factor;
  readonly needs: Needs;
  /** What to do about it, for the postmortem's action items. */
  readonly action?: FactorAction;
  find(facts: Values<Needs>): Omit<FactorFound, "factor" | "action"> | null;
}

/** One kind of fix for the causes that it names; pure. */
export interface FixDefinition<Uses extends Tokens = Record<never, FactToken>> {
  readonly id: string;
  readonly for: readonly Cause[];
  /** What it is as an action item; "prevent" where it does not say: it ends what it is for. */
  readonly kind?: ActionKind;
  /** Facts that only playbooks know, beside the shared ones; it can do without any. */
  readonly uses?: Uses;
  propose(
    facts: Partial<Facts> & Partial<Values<Uses>>,
    verdict: Verdict,
    hypotheses: readonly Hypothesis[],
  ): Fix | null;
}

/**
 * One hop more: what is read and judged anew where the pods behind the load balancer only pass requests on. Its steps give
 * facts of the same names, of what is behind; every other fact is the playbook's own.
 */
export interface Onward {
  /** It is done where a step of the playbook gives this. */
  readonly when: FactToken;
  readonly steps: readonly Step[];
  /** Those of the playbook's causes that are then judged by what is behind. */
  readonly causes: readonly CauseDefinition[];
  /** Facts of the playbook that tell of the pods in front alone: of what is behind they are not known. */
  readonly leaves: readonly FactToken[];
  /** Facts that its steps give and of which the session keeps what they were in front: screens and reports show those. */
  readonly keeps: readonly FactToken[];
  /** Ids of findings that its steps make in the place of the playbook's, by the ids by which signals cite those. */
  readonly inPlaceOf: { readonly [finding: string]: string };
}

/** What an on-call engineer knows about one kind of alarm. The order of the lists is the order of every output. */
export interface Playbook {
  readonly id: string;
  /** Where the same alarms of another kind of load balancer are read and judged otherwise: whose they are. */
  readonly of?: string;
  /** What it judges, for the sentence about an alarm that no playbook takes: "latency"; null: no kind of alarm of its own. */
  readonly judges: string | null;
  /** Whether this alarm is its own. Asked of the playbooks in order; the first yes is the one. */
  takes(alarm: AlarmFact): boolean;
  readonly steps: readonly Step[];
  readonly onward?: Onward;
  /** In case of a tie in the episodes explained, the earlier cause wins. */
  readonly causes: readonly CauseDefinition[];
  readonly factors: readonly FactorDefinition[];
  readonly fixes: readonly FixDefinition[];
}
