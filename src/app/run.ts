import type { Terminal } from "../cli/terminal.ts";
import { type Investigation, investigate } from "../engine/investigate.ts";
import { reduce } from "../engine/reduce.ts";
import type { Event, Plan } from "../model/event.ts";
import type { Session } from "../model/session.ts";
import { keptUser } from "../sessions/find.ts";
import { Keeper, sessionsFolder } from "../sessions/store.ts";
import { commandFor } from "../sources/command.ts";
import { Progress } from "./progress.ts";

/**
 * Runs an investigation, keeps its session as it grows and tells how far it is. When `stop` is aborted, the session as
 * it stands is kept as interrupted and is the answer; what is still being asked is abandoned.
 */
export async function conduct(
  investigation: Pick<Investigation, "playbook" | "source" | "opening">,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<Session> {
  const folder = sessionsFolder(terminal.environment);
  const keeper = new Keeper(folder);
  // The same evidence is the same session: what a person did in it before is not lost by asking anew.
  const user = await keptUser(folder, investigation.opening.id);
  const keep = (session: Session) => keeper.save(user ? { ...session, user } : session);
  const progress = new Progress(terminal);
  investigation.source.onWait?.((sentence) => progress.wait(sentence));
  let stopped: Session | null = null;
  let now: { readonly plan: Plan; readonly session: Session } | null = null;
  const watch = (event: Event, session: Session) => {
    // After the interruption answers may still come; the session has ended without them.
    if (stopped) return;
    if (event.type === "opened") now = { plan: event.plan, session };
    else if (now) now = { plan: now.plan, session };
    keep(session);
    progress.watch(event, session);
  };
  const finished = investigate({ ...investigation, commandFor, watch });
  const interrupted = new Promise<Session>((resolve) => {
    stop.addEventListener("abort", () => {
      // What has come to its end cannot be interrupted any more.
      if (!now || now.session.outcome !== null) return;
      const event = { type: "ended", outcome: "interrupted" } as const;
      stopped = reduce(now, event).session;
      keep(stopped);
      progress.watch(event, stopped);
      resolve(stopped);
    });
  });
  const session = await Promise.race([finished, interrupted]);
  const trouble = await keeper.flush();
  if (trouble !== null) terminal.err.write(`lbdoctor: this session could not be kept: ${trouble}\n`);
  return session;
}
