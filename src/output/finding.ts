import type { Finding, Measure } from "../model/finding.ts";
import type { Session } from "../model/session.ts";
import { visible } from "../model/visible.ts";
import { columns, padded, page, paintOf, type Style, wrapped } from "./layout.ts";

/** One finding with its figures, what it decided, and the commands that show it again. */
export function findingPage(session: Session, finding: Finding, style: Style): string {
  const paint = paintOf(style);
  const number = session.findings.indexOf(finding) + 1;
  const title = session.steps.find(({ id }) => id === finding.step)?.title ?? finding.step;
  return page([
    [
      `${paint.bold(`[${number}] ${visible(finding.id)}`)}  ${paint.dim(visible(title))}`,
      ...wrapped(finding.statement, style.width),
    ],
    figures(finding, style),
    decided(session, finding, style),
    finding.short === undefined ? [] : ["In short:", "", visible(finding.short)],
    ["To reproduce it:", ...finding.reproduce.flatMap((command) => ["", visible(command)])],
  ]);
}

function figures({ measures }: Finding, style: Style): string[] {
  const entries = Object.entries(measures);
  if (entries.length === 0) return [];
  const left = Math.max(0, ...entries.map(([name]) => columns(name)));
  const lines = entries.flatMap(([name, value]) =>
    wrapped(shown(value), style.width - left - 4).map((line, index) =>
      index === 0 ? `  ${padded(visible(name), left)}  ${line}` : `${" ".repeat(left + 4)}${line}`,
    ),
  );
  return ["Figures (durations in seconds, CPU in cores, memory in bytes, shares from 0 to 1):", ...lines];
}

function decided({ hypotheses, factors }: Session, { id }: Finding, { width }: Style): string[] {
  const judged = hypotheses
    .filter(({ evidence }) => evidence[0] === id)
    .map(({ title, status }) => `${status}: ${title}`);
  const found = factors.filter(({ evidence }) => evidence[0] === id).map(({ statement }) => `factor: ${statement}`);
  const lines = [...judged, ...found].flatMap((text) => wrapped(text, width - 2).map((line) => `  ${line}`));
  return lines.length === 0 ? [] : ["It decides:", ...lines];
}

/** Figures as they are, without the noise of binary fractions. */
function shown(value: Measure): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return value === null ? "unknown" : String(value);
}
