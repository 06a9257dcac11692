import { heading, type Line, labelled, line, parts, span, wrapped } from "../../drawing/lines.ts";
import type { Status } from "../../model/judgement.ts";
import type { Session } from "../../model/session.ts";
import { plural } from "../../model/words.ts";
import { headlineOf, rankOf } from "../headline.ts";
import { referenceTo, statusMark } from "../rows.ts";

/** The whole story on one page: the cause, what it is not, what is open, what made it worse, what was not read. */
export function verdictLines(session: Session, width: number): Line[] {
  const { verdict, factors, fixes, gaps } = session;
  const headline = headlineOf(session);
  const summary = verdict?.summary ?? "";
  return parts(
    [...wrapped(headline, width, "strong"), ...rankLines(session, width)],
    summary === "" || summary === headline ? [] : wrapped(summary, width),
    judged(session, "WHAT IT IS NOT", "rejected", width),
    judged(session, "POSSIBLE TOO", "supported", width),
    judged(session, "STILL OPEN", "undetermined", width),
    factors.length === 0
      ? []
      : [
          heading("WHAT MADE IT WORSE"),
          ...factors.flatMap(({ statement, evidence }) =>
            labelled(span("· ", "dim"), `${statement} ${referenceTo(session, evidence)}`.trimEnd(), width),
          ),
        ],
    fixes.length === 0 ? [] : [heading("FIX"), ...fixes.flatMap(({ title }) => wrapped(title, width))],
    gaps.length === 0
      ? []
      : [heading("NOT READ"), ...gaps.flatMap(({ what }) => labelled(span("! ", "warn"), what, width))],
    source(session, width),
  );
}

function rankLines(session: Session, width: number): Line[] {
  const rank = rankOf(session);
  return rank === "" ? [] : wrapped(rank, width, "dim");
}

function judged(session: Session, title: string, status: Status, width: number): Line[] {
  const list = session.hypotheses.filter((one) => one.status === status);
  if (list.length === 0 || session.outcome === null) return [];
  const mark = statusMark(status);
  return [
    heading(title),
    ...list.flatMap((one) =>
      labelled(
        { ...mark, text: `${mark.text} ` },
        `${one.title}: ${one.because} ${referenceTo(session, one.evidence)}`.trimEnd(),
        width,
      ),
    ),
  ];
}

function source({ opening, exchanges }: Session, width: number): Line[] {
  const failed = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const count = `${plural(exchanges.length, "question")}, ${failed === 0 ? "none" : failed} unanswered`;
  const from = opening.source.kind === "fixture" ? `recording ${opening.source.fixture}` : "live";
  return [
    line(`${count} · ${from} · session ${opening.id}`, "dim"),
    ...(opening.source.kind === "fixture" ? wrapped(opening.source.description, width, "dim") : []),
  ].flatMap((one) => (one.length === 1 && one[0] ? wrapped(one[0].text, width, "dim") : [one]));
}
