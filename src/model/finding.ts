import { FAILURE_KINDS, type SourceName } from "./question.ts";

/** A figure of a finding; units as in the JSON contract (seconds, cores, bytes, shares 0–1). */
export type Measure = number | string | boolean | null | readonly number[];

/** Something that was seen, in one sentence with its figures, and the commands that show it again. */
export interface Finding {
  /** `<step>.<what>`, for example "pod-cpu.evenness". Stable: people and hypotheses refer to it. */
  readonly id: string;
  readonly step: string;
  readonly statement: string;
  readonly measures: { readonly [name: string]: Measure };
  readonly reproduce: readonly string[];
  /**
   * One short command that shows its main figure: aws with --query, kubectl, or a PromQL query for Prometheus' own page.
   * Absent in sessions of versions before it, and in a person's own findings.
   */
  readonly short?: string;
}

/** Whose gap it is: a source's, or lbdoctor's own where one of its units failed. */
export type GapSource = SourceName | "lbdoctor";

/** Why there is a gap: a question without an answer, or a unit of lbdoctor that failed by a defect. */
export const GAP_KINDS = [...FAILURE_KINDS, "defect"] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** Something that could not be read. Never a guess, and never silent. */
export interface Gap {
  readonly source: GapSource;
  readonly kind: GapKind;
  /** What could not be read, where, and what came instead. */
  readonly what: string;
  /** Which steps and hypotheses stay open without it. */
  readonly consequence: string;
  /** What a person can do about it. */
  readonly remedy: string;
}
