import type { Session } from "../model/session.ts";
import type { Tokens, Values } from "../model/token.ts";
import { gathered, missingFrom } from "./known.ts";
import type { Figure } from "./svg.ts";

/** An SVG of evidence, for documents. */
export interface FigureOfEvidence<Needs extends Tokens = Tokens, Uses extends Tokens = Tokens> {
  /** Where a document shows it: with what the incident did, or with what brought it about. */
  readonly place: "impact" | "cause";
  /** Without one of these facts there is no figure. */
  readonly needs: Needs;
  /** Facts that it shows where they are known. */
  readonly uses: Uses;
  /** Null where the facts hold nothing to draw. */
  draw(facts: Values<Needs> & Partial<Values<Uses>>): Figure | null;
}

/** A figure that was drawn, with its place. */
export interface Placed {
  readonly place: FigureOfEvidence["place"];
  readonly figure: Figure;
}

/** The figures that the session has the facts for, in the order in which a document shows them. */
export function drawFigures(session: Session, all: readonly FigureOfEvidence[]): Placed[] {
  return all.flatMap(({ place, needs, uses, draw }) => {
    if (missingFrom(session, needs)) return [];
    const figure = draw(gathered(session, needs, uses));
    return figure === null ? [] : [{ place, figure }];
  });
}
