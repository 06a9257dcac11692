import { columns, heading, type Line, line, padEnd, parts, span, wrapped } from "../../drawing/lines.ts";
import { drawPicture, type Picture } from "../../drawing/picture.ts";
import type { Finding, Measure } from "../../model/finding.ts";
import type { Session } from "../../model/session.ts";
import { OWN_STEP } from "../../model/user.ts";
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
      ? wrapped("Saved with the session as yours; no judgement rests on it.", width, "dim")
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

function decided({ hypotheses, factors }: Session, id: string, width: number): Line[] {
  const judged = hypotheses.filter(({ evidence }) => evidence[0] === id);
  const found = factors.filter(({ evidence }) => evidence[0] === id);
  if (judged.length + found.length === 0) return [];
  return [
    heading("IT DECIDES"),
    ...judged.map(({ title, status }): Line => [statusMark(status), span(` ${title}: ${status}`)]),
    ...found.flatMap(({ statement }) => wrapped(`also: ${statement}`, width)),
  ];
}

function figures({ measures }: Finding, width: number): Line[] {
  const entries = Object.entries(measures);
  if (entries.length === 0) return [];
  const left = Math.max(0, ...entries.map(([name]) => columns(name)));
  return [
    heading("FIGURES", "s, cores, bytes, shares 0–1"),
    ...entries.flatMap(([name, value]) =>
      wrapped(shown(value), width - left - 2).map(
        (one, index): Line => [
          span(padEnd(index === 0 ? name : "", left + 2), "dim"),
          ...(one.length === 0 ? line(" ") : one),
        ],
      ),
    ),
  ];
}

/** Figures as they are, without the noise of binary fractions. */
function shown(value: Measure): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return value === null ? "unknown" : String(value);
}
