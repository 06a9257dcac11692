import { heading, type Line, parts, wrapped } from "../../drawing/lines.ts";
import type { Session } from "../../model/session.ts";
import { answeredOf } from "../../model/words.ts";
import { partsOf } from "../../output/sections.ts";
import { blockLines } from "../../output/terminal.ts";
import { headlineOf, rulingWords } from "../headline.ts";
import { referenceTo } from "../rows.ts";

/** The whole story on one page, in the words of the printed one: the cause, the fix, what it is not, what is missing. */
export function verdictLines(session: Session, width: number): Line[] {
  const room = { width, numberOf: (finding: string) => referenceTo(session, [finding]) };
  const told = session.outcome === null ? [] : partsOf(session, false);
  const ruling = rulingWords(session);
  return parts(
    ...(told.length === 0 ? [wrapped(headlineOf(session), width, "strong")] : []),
    ...told.map(({ label, blocks }) => [heading(label), ...blockLines(blocks, room)]),
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
