import { type Line, labelled, parts, span, wrapped } from "../../drawing/lines.ts";
import { drawPicture, type Picture } from "../../drawing/picture.ts";
import { SIGN } from "../../drawing/signs.ts";
import type { Finding } from "../../model/finding.ts";
import type { Session } from "../../model/session.ts";
import { notesOn } from "../../model/user.ts";
import { allFindings, referenceTo } from "../rows.ts";

/** "[7] all four pods ran alike", with the notes that a person made to it. */
export function statementLines(session: Session, { id, statement }: Finding, width: number): Line[] {
  const reference = referenceTo(session, [id]);
  return [
    ...labelled(span(reference === "" ? "· " : `${reference} `, "dim"), statement, width),
    ...noteLines(session, id, width),
  ];
}

export function noteLines({ user }: Session, finding: string, width: number): Line[] {
  return notesOn(user ?? [], finding).flatMap(({ text }) => wrapped(`${SIGN.byYou} ${text}`, width, "accent", "    "));
}

/** Findings by their ids, in the order given, each step's picture above the first of its findings: it is seen before it is read. */
export function evidenceLines(
  session: Session,
  ids: readonly string[],
  width: number,
  pictures: readonly Picture[],
): Line[] {
  const findings = allFindings(session);
  const drawn = new Set<string>();
  const blocks = ids.flatMap((id) => {
    const finding = findings.find((one) => one.id === id);
    if (!finding) return [];
    const picture = pictures.find(({ evidence }) => evidence === finding.step);
    const first = picture !== undefined && !drawn.has(finding.step);
    drawn.add(finding.step);
    return [[...(first ? drawPicture(picture, session, width) : []), ...statementLines(session, finding, width)]];
  });
  return parts(...blocks);
}
