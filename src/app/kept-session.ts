import { playbooks } from "../../playbooks/index.ts";
import { version } from "../cli/package.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { Session } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { oneLine } from "../model/visible.ts";
import { sessionsFolder } from "../sessions/files.ts";
import { findSession } from "../sessions/find.ts";
import { type KeptSession, readKept } from "../sessions/kept.ts";
import { replayed } from "../sessions/replay.ts";
import { commandFor } from "../sources/command.ts";

/**
 * A kept session (the newest without an id or the beginning of one), judged anew by this version. Where it comes to
 * something else than the version that made it, that is told on standard error. Throws an Unusable.
 */
export async function keptSession(
  { environment, err }: Pick<Terminal, "environment" | "err">,
  wanted: string | null,
): Promise<Session> {
  const folder = sessionsFolder(environment);
  const kept = await readKept(folder, findSession(folder, wanted));
  const { id, playbook: made } = kept.opening;
  const playbook = playbooks.find((one) => one.id === made);
  if (!playbook)
    throw new Unusable(`session ${oneLine(id)} is of the playbook ${oneLine(made)}, which this lbdoctor lacks`);
  const session = await replayed(kept, { playbook, version: version(), commandFor });
  const told = judgedAnew(kept, session);
  if (told !== null) err.write(`lbdoctor: ${told}\n`);
  return session;
}

function judgedAnew({ opening, conclusion }: KeptSession, { outcome, verdict }: Session): string | null {
  if (opening.version === version() || conclusion === null) return null;
  const before = conclusion.outcome === "cause" ? conclusion.rootCause : conclusion.outcome;
  const now = outcome === "cause" ? (verdict?.rootCause ?? null) : outcome;
  if (before === now) return null;
  return oneLine(`kept by lbdoctor ${opening.version}, which said ${before}; judged anew by ${version()}: ${now}`);
}
