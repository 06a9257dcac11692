import type { Facts } from "./facts.ts";
import type { Finding, Gap } from "./finding.ts";
import type { FactorFound, Fix, Hypothesis, Verdict } from "./judgement.ts";
import type { Answer, Question } from "./question.ts";
import type { Span } from "./time.ts";
import type { UserAct } from "./user.ts";

/** Where the answers of a session came from. */
export type SourceInfo =
  | { readonly kind: "fixture"; readonly fixture: string; readonly description: string }
  | {
      readonly kind: "live";
      readonly region: string | null;
      readonly account: string | null;
      readonly context: string | null;
    };

/**
 * The options by which a live investigation reached its sources, so that asking again asks the same ones; absent where the
 * environment alone decided. Never a password.
 */
export interface Access {
  readonly profile?: string;
  readonly kubeconfig?: string;
  readonly prometheusUrl?: string;
  /** The folder with log files. */
  readonly logs?: string;
  /** The table of Athena with the access log. */
  readonly athena?: string;
  /** The workgroup in which Athena's queries run, where it is not "primary". */
  readonly athenaWorkgroup?: string;
}

/** What an investigation starts from. */
export interface Opening {
  /** Derived from what is read: the same fixture gives the same id. */
  readonly id: string;
  /** lbdoctor's version. */
  readonly version: string;
  /** The alarm as the user gave it. */
  readonly alarmName: string;
  /** The moment of the investigation, from the clock or from the recording; ISO 8601. */
  readonly now: string;
  readonly window: Span;
  readonly allowExec: boolean;
  /**
   * Whether logs, or the access log alone, are given by an option or a recording, wherever the load balancer writes them;
   * absent where not.
   */
  readonly logs?: boolean | "requests";
  readonly source: SourceInfo;
  readonly access?: Access;
}

export type StepState = "waiting" | "running" | "done" | "skipped";

export interface StepRecord {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  /** Why it was skipped, or what it could not find. */
  readonly note: string | null;
}

/** A question as it was asked and answered. */
export interface Exchange {
  /** The question's key, see questionKey(). */
  readonly key: string;
  /** The step that asked first. */
  readonly step: string;
  readonly question: Question;
  /** Null while the answer is awaited. */
  readonly answer: Answer | null;
}

/** A gap as the session keeps it: with the step that met it. One failure of one question is one gap. */
export interface StepGap extends Gap {
  readonly id: string;
  readonly step: string;
}

/**
 * How an investigation ended. `established`: a confirmed cause; `likely`: one that is likely; `open`: none is established;
 * `unsupported-alarm`: no playbook takes the alarm; `no-alarm`: there is none of this name; `unread`: AWS could not be
 * read at all; `defect`: a unit of lbdoctor failed, and the rest was judged without it.
 */
export const OUTCOMES = [
  "established",
  "likely",
  "open",
  "unsupported-alarm",
  "no-alarm",
  "unread",
  "defect",
  "interrupted",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * Everything about one investigation, as plain JSON: a pure fold of its events. Lists stand in declared order, whatever
 * the order in which things arrived.
 */
export interface Session {
  readonly schemaVersion: 1;
  readonly opening: Opening;
  /** The playbook that took the alarm; null while that is not known, and where none did. */
  readonly playbook: string | null;
  readonly steps: readonly StepRecord[];
  readonly exchanges: readonly Exchange[];
  readonly facts: Partial<Facts>;
  readonly findings: readonly Finding[];
  readonly hypotheses: readonly Hypothesis[];
  readonly factors: readonly FactorFound[];
  readonly verdict: Verdict | null;
  readonly fixes: readonly Fix[];
  readonly gaps: readonly StepGap[];
  /** Null while it runs, and for ever if the process was killed. */
  readonly outcome: Outcome | null;
  /** What a person did, in order; absent where nobody did anything. */
  readonly user?: readonly UserAct[];
}
