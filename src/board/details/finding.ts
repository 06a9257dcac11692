import { heading, type Line, labelled, line, parts, span, toWidest, wrapped } from "../../drawing/lines.ts";
import { drawPicture, type Picture } from "../../drawing/picture.ts";
import type { Finding } from "../../model/finding.ts";
import type { Session } from "../../model/session.ts";
import { OWN_STEP } from "../../model/user.ts";
import { decidedBy, figuresIn } from "../../output/finding-parts.ts";
import { allFindings, referenceTo, statusMark } from "../rows.ts";
import { noteLines } from "./evidence.ts";

/** A finding: its sentence, its picture, what it decided, its figures, and the commands that show it again. */
export function findingLines(session: Session, id: string, width: number, pictures: readonly Picture[]): Line[] {
  const finding = allFindings(session).find((one) => one.id === id);
  if (!finding) return [];
  const picture = pictures.find(({ evidence }) => evidence === finding.step);
  const step = session.steps.find((one) => one.id === finding.step)?.title ?? "your own finding";
  return parts(
    [[span(`${referenceTo(session, [id])} ${id}`.trim(), "strong"), span(`  ${step}`, "dim")]],
    [...wrapped(finding.statement, width), ...noteLines(session, id, width)],
    finding.step === OWN_STEP
      ? wrapped("Saved with the session as yours; lbdoctor does not base its verdict on it.", width, "dim")
      : [],
    picture ? drawPicture(picture, session, width) : [],
    decided(session, id, width),
    figures(finding, width),
    commandLines(finding, width),
  );
}

/** The commands behind several findings, for the page of commands. */
export function commandsOf(session: Session, ids: readonly string[], width: number): Line[] {
  const findings = allFindings(session).filter(({ id }) => ids.includes(id));
  return parts(
    ...findings.flatMap((finding) => [
      [
        ...wrapped(`${referenceTo(session, [finding.id])} ${finding.statement}`.trim(), width, "strong"),
        ...(finding.reproduce.length === 0 ? [line("no commands: it is your own finding", "dim")] : []),
      ],
      ...finding.reproduce.map((command) => wrapped(command, width, "accent")),
    ]),
  );
}

function commandLines({ reproduce, short }: Finding, width: number): Line[] {
  if (reproduce.length === 0) return [];
  const brief = short === undefined || reproduce.includes(short) ? [] : wrapped(short, width, "accent");
  return [
    ...(brief.length === 0 ? [] : [heading("IN SHORT"), ...brief, line(" ")]),
    heading(reproduce.length === 1 ? "THE COMMAND" : "THE COMMANDS", "y copies"),
    ...parts(...reproduce.map((command) => wrapped(command, width, "accent"))),
  ];
}

function decided(session: Session, id: string, width: number): Line[] {
  const { judged, found } = decidedBy(session, id);
  if (judged.length + found.length === 0) return [];
  return [
    heading("WHAT IT DECIDED"),
    ...judged.map(({ title, status }): Line => [statusMark(status), span(` ${title}: ${status}`)]),
    ...found.flatMap(({ statement }) => wrapped(`also: ${statement}`, width)),
  ];
}

function figures(finding: Finding, width: number): Line[] {
  const entries = figuresIn(finding);
  if (entries.length === 0) return [];
  const names = toWidest(entries.map(([name]) => name));
  return [
    heading("FIGURES", "s, cores, bytes, shares 0–1"),
    ...entries.flatMap(([, value], index) => labelled(span(`${names[index]}  `, "dim"), value, width)),
  ];
}
