import { again } from "../../app/access.ts";
import { keptSession } from "../../app/kept-session.ts";
import type { LiveOriginOptions } from "../../app/live-origin.ts";
import { type OriginOptions, originOf } from "../../app/origin.ts";
import type { Terminal } from "../../app/terminal.ts";
import { type ConsentOptions, isAllowed } from "../../model/consent.ts";
import type { Session } from "../../model/session.ts";
import type { Source } from "../../sources/port.ts";
import { isInteractive } from "../interactive.ts";
import { printSession } from "../printed.ts";

export interface ResumeOptions
  extends ConsentOptions,
    Pick<OriginOptions, "fixture">,
    Omit<LiveOriginOptions, keyof OriginOptions> {
  readonly plain?: boolean;
  readonly color?: boolean;
}

/** Opens a past investigation on the board again; elsewhere than on a terminal its page. Answers the exit code. */
export async function resume(
  wanted: string | undefined,
  options: ResumeOptions,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<number> {
  const session = await keptSession(terminal, wanted ?? null);
  if (options.plain || !isInteractive(terminal)) {
    await printSession(session, {}, options, terminal);
    return 0;
  }
  const origin = await originAgain(session, options, terminal, stop);
  const { reopenOnBoard } = await import("./board.ts");
  const { how } = await reopenOnBoard(session, origin?.source ?? null, options, terminal, stop);
  origin?.end();
  return how === "interrupt" ? 130 : 0;
}

/** Who can answer the session's questions again; null for one of a recording whose folder is not named. */
async function originAgain(
  { opening }: Session,
  options: ResumeOptions,
  { environment }: Terminal,
  stop: AbortSignal,
): Promise<{ readonly source: Source; readonly end: () => void } | null> {
  const { alarmName, source } = opening;
  const allowExec = opening.allowExec || isAllowed("exec", options);
  if (options.fixture !== undefined) return { ...(await originOf(alarmName, options)), end: () => {} };
  if (source.kind === "fixture") return null;
  const { liveOrigin } = await import("../../app/live-origin.ts");
  const { region, account } = source;
  const same = { ...again(opening, options), allowExec };
  return liveOrigin({ name: alarmName, region, account }, same, environment, stop, true);
}
