import { jsonSessions } from "../report/json.ts";
import { sessionList } from "../report/sessions.ts";
import type { ShowOptions } from "./show.ts";
import { sessionsFolder } from "./support/keeper.ts";
import { keptSessions } from "./support/kept.ts";
import { styleOf, type Terminal } from "./support/terminal.ts";

/** Lists past investigations, the newest first. Answers the exit code. */
export async function sessions(options: ShowOptions, terminal: Terminal): Promise<number> {
  const kept = await keptSessions(sessionsFolder(terminal.environment));
  terminal.out.write(options.json ? jsonSessions(kept) : sessionList(kept, styleOf(terminal, options)));
  return 0;
}
