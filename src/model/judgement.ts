import type { Cause, Factor } from "./vocabulary.ts";

export const STATUSES = ["confirmed", "supported", "rejected", "undetermined"] as const;
/**
 * `confirmed`: the deciding finding shows it. `supported`: the evidence points to it, and something that would decide is
 * missing or ambiguous. `rejected`: the deciding finding cannot be reconciled with it. `undetermined`: not enough data.
 */
export type Status = (typeof STATUSES)[number];

/** What a cause says of the facts. */
export interface Judgement {
  readonly status: Status;
  /** One sentence: the deciding finding for confirmed and rejected, what is missing for the others. */
  readonly because: string;
  /** Ids of findings, the deciding one first. */
  readonly evidence: readonly string[];
  /**
   * Ids of the alarm episodes that it explains; empty where it is rejected, and while it is undetermined unless something
   * speaks for it that nothing has answered yet: then those that it would explain.
   */
  readonly explains: readonly number[];
}

/** A cause with its judgement, as the session keeps it. */
export interface Hypothesis extends Judgement {
  readonly cause: Cause;
  /** The cause in a few words, as a person would say it: "round robin overloads some pods". */
  readonly title: string;
  readonly claim: string;
  /** By cause, the id of the signal that tells this one from it; a neighbour that none tells apart is not there. */
  readonly apartFrom?: { readonly [cause in Cause]?: string };
}

/**
 * What an action item does (SRE Workbook, chapter 10): it keeps the incident from happening, makes the next one shorter or
 * smaller, or has it noticed sooner and told more clearly.
 */
export type ActionKind = "prevent" | "mitigate" | "detect";

/** What somebody is to do about a contributing factor. */
export interface FactorAction {
  readonly kind: ActionKind;
  /** Without figures: "a readiness probe that is answered by something other than a busy worker"; absent: only a fix acts on it. */
  readonly title?: string;
  /** Ids of fixes that do it, where one of them is proposed. */
  readonly settledBy?: readonly string[];
}

/** A contributing factor that was found. */
export interface FactorFound {
  readonly factor: Factor;
  /** The factor in one clause with its figures: "the autoscaler sees at most 83 %, and acts above 88 %". */
  readonly statement: string;
  readonly evidence: readonly string[];
  /** It is wrong and did nothing to this incident: found beside it. */
  readonly harmless?: boolean;
  readonly action?: FactorAction;
}

export interface Verdict {
  readonly rootCause: Cause | null;
  readonly confidence: "confirmed" | "likely" | "none";
  /** The cause in one line: "data-service can process 4 requests at a time; spikes bring up to 6". */
  readonly headline: string;
  /** One paragraph, from the cause to the alarm. */
  readonly summary: string;
  readonly service: { readonly namespace: string; readonly name: string } | null;
  readonly factors: readonly Factor[];
  readonly explains: { readonly episodes: number; readonly of: number };
}

/** One object that a fix changes. */
export interface Change {
  readonly target: string;
  readonly patch: string;
  readonly command: string;
  /** What changes, as the lines of a diff without their surroundings: "- cpu: 1500m", "+ cpu: 2000m". */
  readonly lines?: readonly string[];
  /** The change as a unified diff of the user's manifest, relative to the folder that was given; see --manifests. */
  readonly diff?: string;
  /** Where the object stands in that folder, or why there is no diff: one sentence. */
  readonly manifest?: string;
}

/** A change that would end the alarm, as a proposal. Nothing of it is run by lbdoctor. */
export interface Fix {
  readonly id: string;
  /** What it is as an action item; "prevent" where it does not say. */
  readonly kind?: ActionKind;
  readonly for: readonly Cause[];
  readonly title: string;
  readonly why: string;
  readonly risk: string;
  readonly changes: readonly Change[];
  readonly preconditions: readonly string[];
  readonly verify: readonly string[];
  readonly rollback: readonly string[];
  /** The figures that it follows from, one step a line. */
  readonly arithmetic?: readonly string[];
  /** What one might do instead, and why that would not end the alarm. */
  readonly notOffered?: readonly Refusal[];
}

/** A change that was considered and is not offered. */
export interface Refusal {
  readonly id: string;
  readonly title: string;
  readonly because: string;
  /** Ids of findings. */
  readonly evidence: readonly string[];
}
