import type { Finding } from "../../../model/finding.ts";
import type { Session } from "../../../model/session.ts";
import { notesOn, ownFindings } from "../../../model/user.ts";
import { answeredOf, dateAndClock } from "../../../model/words.ts";
import { type Block, heading, isCommand, type Line, list, type Section, table, text } from "../block.ts";
import { told } from "../known.ts";

/** How to see each figure again: every finding with the commands behind it. */
export function evidenceSection(session: Session): Section {
  const shown = new Map<string, string>();
  const blocks = session.findings.flatMap((finding) => oneFinding(session, finding, shown));
  const own = ownFindings(session.user ?? []).map(({ id, statement }): Line => [{ code: id }, `: ${statement}`]);
  return {
    id: "evidence",
    title: "Evidence, and how to reproduce it",
    blocks: [
      text("Every figure above is in one of these findings. To see one of them, from the session:"),
      {
        kind: "code",
        language: "sh",
        text: `lbdoctor show ${session.opening.id} ${session.findings[0]?.id ?? ""}`.trim(),
      },
      text(
        "Without the session, the commands query the live systems, for as long as those keep their history (alarm history 30 days, one-minute metrics 15 days).",
      ),
      ...blocks,
      ...(own.length === 0
        ? []
        : [heading("Added by a person"), text("lbdoctor does not base its verdict on these."), ...list(own)]),
    ],
  };
}

function oneFinding(session: Session, finding: Finding, shown: Map<string, string>): Block[] {
  const { id, reproduce, short } = finding;
  const all = short === undefined ? reproduce : [...new Set([short, ...reproduce])];
  const commands = all.flatMap((command): Block[] => {
    const before = shown.get(command);
    if (before !== undefined) return [text("The same command as for ", { finding: before }, ".")];
    shown.set(command, id);
    return [{ kind: "code", language: isCommand(command) ? "sh" : "promql", text: command }];
  });
  const notes = notesOn(session.user ?? [], id).map(({ text: words }): Line => [{ strong: "Note: " }, words]);
  return [{ kind: "heading", text: id, finding: true }, text(told(finding)), ...list(notes), ...commands];
}

/** What could not be read, and what that leaves open. */
export function gapsSection({ gaps, steps, exchanges }: Session): Section {
  const unanswered = exchanges.filter(({ answer }) => answer?.status !== "answered").length;
  const skipped = steps.filter(({ state }) => state === "skipped");
  return {
    id: "gaps",
    title: "Gaps",
    blocks: [
      text(`${answeredOf(exchanges.length, unanswered)}.`),
      ...table(
        ["What could not be read", "Kind", "What that leaves undecided", "What to do"],
        gaps.map(({ what, kind, consequence, remedy }) => [[what], [{ code: kind }], [consequence], [remedy]]),
      ),
      ...list(skipped.map(({ title, note }) => [`Not done: ${title}${note === null ? "" : `, ${note}`}`])),
    ],
  };
}

/** What made this document, and from what. */
export function versionsSection({ opening, playbook, schemaVersion, user }: Session): Section {
  const { source } = opening;
  const from: Line =
    source.kind === "fixture"
      ? ["the recording ", { code: source.fixture }, `: ${source.description}`]
      : [
          "live: region ",
          { code: source.region ?? "?" },
          ", account ",
          { code: source.account ?? "?" },
          ", context ",
          { code: source.context ?? "?" },
        ];
  const items: Line[] = [
    ["Session ", { code: opening.id }, `, schema version ${schemaVersion}`],
    [`lbdoctor ${opening.version}, playbook `, { code: playbook ?? "none" }],
    ["Answers from ", ...from],
    [
      `Investigated at ${opening.now}; window ${dateAndClock(opening.window.start)} to ${dateAndClock(opening.window.end)}`,
    ],
    [
      `Reading inside a pod was ${opening.allowExec || (user ?? []).some(({ type }) => type === "allowed-exec") ? "allowed" : "not allowed"}`,
    ],
  ];
  return { id: "versions", title: "Versions", blocks: list(items) };
}
