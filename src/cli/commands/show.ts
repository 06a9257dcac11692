import { keptSession } from "../../app/kept-session.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { Finding } from "../../model/finding.ts";
import type { Session } from "../../model/session.ts";
import { Unusable } from "../../model/unusable.ts";
import { oneLine } from "../../model/visible.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";
import { type PrintOptions, printSession } from "../printed.ts";

export interface ShowOptions extends ManifestsOptions, PrintOptions {}

/** One session's page again, or one of its findings. Answers the exit code. */
export async function show(
  first: string | undefined,
  second: string | undefined,
  options: ShowOptions,
  terminal: Terminal,
): Promise<number> {
  const { wantedSession, wantedFinding } = wanted(first, second);
  const kept = await keptSession(terminal, wantedSession);
  const session = (await manifestsGiven(options, terminal))(kept);
  const finding = wantedFinding === null ? null : findingOf(session, wantedFinding);
  await printSession(session, { finding }, options, terminal);
  return 0;
}

/** With one word it is clear which it is: a finding is a number or has a dot in its id, a session begins with its year. */
function wanted(first?: string, second?: string): { wantedSession: string | null; wantedFinding: string | null } {
  if (first === undefined) return { wantedSession: null, wantedFinding: null };
  if (second !== undefined) return { wantedSession: first, wantedFinding: second };
  const finding = /^\d{1,3}$/.test(first) || first.includes(".");
  return finding ? { wantedSession: null, wantedFinding: first } : { wantedSession: first, wantedFinding: null };
}

function findingOf({ findings, opening }: Session, wanted: string): Finding {
  const found = findings.find(({ id }, index) => id === wanted || String(index + 1) === wanted);
  if (found) return found;
  const range = findings.length === 0 ? "it has none" : `it has the findings 1 to ${findings.length}`;
  throw new Unusable(`session ${opening.id} has no finding ${oneLine(wanted)}; ${range}`);
}
