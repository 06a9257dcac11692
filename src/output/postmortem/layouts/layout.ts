/** The parts of a postmortem that are read, in the order in which the help of templates names them. */
export const BODY = [
  "status",
  "summary",
  "impact",
  "metrics",
  "detection",
  "trigger",
  "cause",
  "factors",
  "ruled-out",
  "open",
  "resolution",
  "verification",
  "well",
  "wrong",
  "lucky",
  "timeline",
  "actions",
  "people",
] as const;

/** What the body rests on, in the order of the annex. */
export const ANNEX = [
  "fix",
  "release",
  "path",
  "episodes",
  "charts",
  "also-ruled-out",
  "beside",
  "evidence",
  "gaps",
  "versions",
  "appendix",
] as const;

export type BodyPart = (typeof BODY)[number];

/** What stands under a chapter's heading: a part, a part under a heading of its own, or something for people to write. */
export type Piece =
  | BodyPart
  | { readonly heading: string; readonly parts: readonly BodyPart[] }
  | { readonly heading: string; readonly todo: string };

export interface Chapter {
  readonly title: string;
  readonly pieces: readonly Piece[];
}

/** A house's order and headings for the same parts; each part of the body stands in it once. */
export interface Layout {
  /** What `--template` takes. */
  readonly id: string;
  /** A few words for the help. */
  readonly title: string;
  readonly body: readonly Chapter[];
  /** The heading of the annex. */
  readonly annex: string;
}
