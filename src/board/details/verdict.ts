import { heading, type Line, parts, wrapped } from "../../drawing/lines.ts";
import { briefPicture, type Picture } from "../../drawing/picture.ts";
import type { Session } from "../../model/session.ts";
import { answeredOf } from "../../model/words.ts";
import { partsOf } from "../../output/sections.ts";
import { blockLines } from "../../output/terminal.ts";
import { headlineOf, rulingWords } from "../headline.ts";
import { referenceTo } from "../rows.ts";

/** The whole story on one page, in the words of the printed one: the cause, the fix, what it is not, what is missing. */
export function verdictLines(session: Session, width: number, pictures: readonly Picture[]): Line[] {
  const room = { width, numberOf: (finding: string) => referenceTo(session, [finding]) };
  const told = session.outcome === null ? [] : partsOf(session, false);
  const ruling = rulingWords(session);
  const why = briefPicture(session, pictures, width);
  const before = told.some(({ label }) => label === "FIX") ? "FIX" : "CAUSE";
  return parts(
    ...(told.length === 0 ? [wrapped(headlineOf(session), width, "strong")] : []),
    ...told.flatMap(({ label, blocks }) => [
      [heading(label), ...blockLines(blocks, room)],
      ...(label === before && why.length > 0 ? [[heading("WHY"), ...why]] : []),
    ]),
    ruling === "" ? [] : wrapped(ruling, width, "accent"),
    source(session, width),
  );
}

function source({ opening, exchanges }: Session, width: number): Line[] {
  const failed = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const from = opening.source.kind === "fixture" ? `recording ${opening.source.fixture}` : "live";
  const words = `${answeredOf(exchanges.length, failed)} · ${from} · session ${opening.id}`;
  const about = opening.source.kind === "fixture" ? wrapped(opening.source.description, width, "dim") : [];
  return [...wrapped(words, width, "dim"), ...about];
}
