import { investigate, type Request } from "../api.ts";
import { reduce } from "../engine/reduce.ts";
import type { Event, Plan } from "../model/event.ts";
import type { Session } from "../model/session.ts";
import { conclude } from "../sessions/kept.ts";
import { SessionWriter } from "../sessions/writer.ts";
import { Progress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs an investigation, keeps its session as it grows and tells how far it is. When `stop` is aborted, the session as
 * it stands is kept as interrupted and is the answer; what is still being asked is abandoned.
 */
export async function runInvestigation(
  investigation: Pick<Request, "source" | "opening">,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<Session> {
  const { source, opening } = investigation;
  const writer = SessionWriter.begin(terminal.environment, opening);
  const progress = new Progress(terminal);
  investigation.source.onWait?.((sentence) => progress.wait(sentence));
  let stopped: Session | null = null;
  let now: { readonly plan: Plan; readonly session: Session } | null = null;
  const watch = (event: Event, session: Session) => {
    // After the interruption answers may still come; the session has ended without them.
    if (stopped) return;
    if (event.type === "opened") now = { plan: event.plan, session };
    else if (now) now = { plan: now.plan, session };
    // Kept before it is told.
    if (event.type === "ended") writer.ended(conclude(session));
    progress.watch(event, session);
  };
  const finished = investigate({ opening, source: writer.keeping(source), watch });
  const interrupted = new Promise<Session>((resolve) => {
    const interrupt = () => {
      // What has come to its end cannot be interrupted any more.
      if (!now || now.session.outcome !== null) return;
      const event = { type: "ended", outcome: "interrupted" } as const;
      stopped = reduce(now, event).session;
      writer.ended(conclude(stopped));
      progress.watch(event, stopped);
      resolve(stopped);
    };
    stop.addEventListener("abort", interrupt);
    // Somebody may have stopped it while it was being made ready.
    if (stop.aborted) interrupt();
  });
  const session = await Promise.race([finished, interrupted]);
  const trouble = await writer.close();
  if (trouble !== null) terminal.err.write(`lbdoctor: this session could not be kept: ${trouble}\n`);
  return session;
}
