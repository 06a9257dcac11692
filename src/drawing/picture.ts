import type { Session } from "../model/session.ts";
import type { Tokens, Values } from "../model/token.ts";
import type { Cause } from "../model/vocabulary.ts";
import { gathered, missingFrom } from "./known.ts";
import { type Line, line } from "./lines.ts";

/** A picture of evidence for a terminal; it stands beside the findings of its step, and in the board's list. */
export interface Picture<Needs extends Tokens = Tokens, Uses extends Tokens = Tokens> {
  /** The id of the evidence that it shows. */
  readonly evidence: string;
  readonly title: string;
  /** What one sees in it, in the same line as the title. */
  readonly about: string;
  /** Whether it stands beside everything else on a very wide board, whatever is chosen. */
  readonly aside?: boolean;
  /** Without one of these facts there is no picture. */
  readonly needs: Needs;
  /** Facts that it shows where they are known. */
  readonly uses: Uses;
  /** A few lines beside the verdict, for who sees only that. */
  readonly brief?: Brief<Needs, Uses>;
  /** Lines of at most `width` columns; `height`: about how many, for a curve that can be higher or lower. */
  draw(facts: Values<Needs> & Partial<Values<Uses>>, width: number, height?: number): Line[];
}

/** A picture for the page: it stands with a verdict that surprises, where it makes it plain. */
export interface Brief<Needs extends Tokens = Tokens, Uses extends Tokens = Tokens> {
  /** The causes that it makes plain. */
  readonly of: readonly Cause[];
  /** Lines of at most `width` columns; none where the facts do not show it, or where there is no room. */
  draw(facts: Values<Needs> & Partial<Values<Uses>>, width: number): Line[];
}

/** What makes the verdict plain, in a few lines; none where no picture does. */
export function briefPicture(session: Session, all: readonly Picture[], width: number): Line[] {
  const cause = session.verdict?.rootCause;
  const found = all.find(({ brief }) => cause && brief?.of.includes(cause));
  if (!found?.brief || missingFrom(session, found.needs)) return [];
  return found.brief.draw(gathered(session, found.needs, found.uses), width);
}

/** The picture, or in its place which fact is not there, or not there yet. */
export function drawPicture({ needs, uses, draw }: Picture, session: Session, width: number, height?: number): Line[] {
  const missing = missingFrom(session, needs);
  if (missing) return [line(`${session.outcome === null ? "not read yet" : "not read"}: ${missing.title}`, "dim")];
  return draw(gathered(session, needs, uses), width, height);
}

/** The pictures of the evidence that the session's playbook collects; all of them while it is not known which that is. */
export function picturesOf({ playbook, outcome, steps }: Session, all: readonly Picture[]): readonly Picture[] {
  if (playbook === null && outcome === null) return all;
  return all.filter(({ evidence }) => steps.some(({ id }) => id === evidence));
}
