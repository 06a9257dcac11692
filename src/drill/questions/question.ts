/**
 * A question of a drill. The answer stands elsewhere, at its places, and is looked up for each incident:
 *
 *   "finding pod-cpu.evenness"         its statement and the commands that show it
 *   "hypothesis uneven-pod-load"       what became of it, and why
 *   "factor quota-unusable"            its statement
 *   "fix more-workers ~ limit"         the texts of the fix that hold this word
 *   "verdict"                          the cause, in a paragraph
 *   "page round-robin"                 the page that `lbdoctor explain` prints
 *   "team"                             no reader of AWS and Kubernetes can know: the person's own team does
 */
export interface DrillQuestion {
  /** Of the review from which they come (000): a section's letter and a number. */
  readonly id: string;
  readonly asks: string;
  readonly places: readonly string[];
}

export function ask(id: string, asks: string, ...places: readonly string[]): DrillQuestion {
  return { id, asks, places };
}

/** What the sections are about. */
export const SECTIONS: { readonly [letter: string]: string } = {
  A: "The alarm itself",
  B: "From the load balancer to one service",
  C: "A first look at the workload",
  D: "Load-balancing theory",
  E: "Targets: nodes or pods",
  F: "Getting the proof",
  G: "The root cause",
  H: "Designing the fix",
  I: "Where the configuration lives",
  J: "Capacity",
  K: "Staging first",
  L: "Production",
  M: "Operations",
  N: "Synthesis",
};
