/** What the figures of the playbooks import: `figure.ts` beside the evidence that it shows, and nothing else. */
import type { FigureOfEvidence } from "./drawing/figure.ts";
import type { Tokens } from "./model/token.ts";

export { scaleBand, scaleLinear, scalePoint } from "d3-scale";
export * from "./drawing/axes.ts";
export type { FigureOfEvidence } from "./drawing/figure.ts";
export { COLOURS, colourAt, element, label, picture, WIDTH } from "./drawing/svg.ts";

/** A figure, checked against the facts that it names. The cast forgets which facts those are; see defineStep. */
export function defineFigure<N extends Tokens, U extends Tokens>(figure: FigureOfEvidence<N, U>): FigureOfEvidence {
  return figure as unknown as FigureOfEvidence;
}
