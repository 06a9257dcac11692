import { type Line, labelled, line, span, toWidest, wrapped } from "../drawing/lines.ts";
import type { Finding } from "../model/finding.ts";
import type { Session } from "../model/session.ts";
import { visible } from "../model/visible.ts";
import { decidedBy, figuresIn } from "./finding-parts.ts";
import { page, type Style } from "./layout.ts";

/** One finding with its figures, what it decided, and the commands that show it again. */
export function findingPage(session: Session, finding: Finding, style: Style): string {
  const number = session.findings.indexOf(finding) + 1;
  const title = session.steps.find(({ id }) => id === finding.step)?.title ?? finding.step;
  const head: Line = [span(`[${number}] ${visible(finding.id)}`, "strong"), span(`  ${visible(title)}`, "dim")];
  const commands = finding.reproduce.flatMap((command) => [line(""), ...verbatim(command)]);
  return page(
    [
      [head, ...wrapped(finding.statement, style.width)],
      figures(finding, style),
      decided(session, finding, style),
      finding.short === undefined ? [] : [line("In short:"), line(""), ...verbatim(finding.short)],
      [line("To reproduce it:"), ...commands],
    ],
    style,
  );
}

/** A command as it is: never wrapped, since it is there to be copied. */
function verbatim(command: string): Line[] {
  return visible(command)
    .split("\n")
    .map((one) => line(one));
}

function figures(finding: Finding, { width }: Style): Line[] {
  const entries = figuresIn(finding).map(([name, value]) => [visible(name), value] as const);
  if (entries.length === 0) return [];
  const names = toWidest(entries.map(([name]) => name));
  return [
    ...wrapped("Figures (durations in seconds, CPU in cores, memory in bytes, shares from 0 to 1):", width),
    ...entries.flatMap(([, value], index) => labelled(span(`  ${names[index]}  `), value, width)),
  ];
}

function decided(session: Session, { id }: Finding, { width }: Style): Line[] {
  const { judged, found } = decidedBy(session, id);
  const lines = [
    ...judged.map(({ title, status }) => `${status}: ${title}`),
    ...found.map(({ statement }) => `factor: ${statement}`),
  ];
  if (lines.length === 0) return [];
  return [line("It decides:"), ...lines.flatMap((text) => wrapped(text, width, "plain", "  "))];
}
