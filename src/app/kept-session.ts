import type { Session } from "../model/session.ts";
import { oneLine } from "../model/visible.ts";
import { sessionsFolder } from "../sessions/files.ts";
import { findSession } from "../sessions/find.ts";
import { type KeptSession, readKept } from "../sessions/kept.ts";
import { replayed } from "../sessions/replay.ts";
import { version } from "./package.ts";
import type { Terminal } from "./terminal.ts";

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
  const session = await replayed(kept, version());
  const told = judgedAnew(kept, session);
  if (told !== null) err.write(`lbdoctor: ${told}\n`);
  return session;
}

function judgedAnew({ opening, conclusion }: KeptSession, { outcome, verdict }: Session): string | null {
  if (opening.version === version() || conclusion === null) return null;
  const said = (ended: string | null, cause: string | null) => (cause === null ? ended : `${ended}: ${cause}`);
  const before = said(conclusion.outcome, conclusion.rootCause);
  const now = said(outcome, verdict?.rootCause ?? null);
  if (before === now) return null;
  return oneLine(`kept by lbdoctor ${opening.version}, which said ${before}; judged again by ${version()}: ${now}`);
}
