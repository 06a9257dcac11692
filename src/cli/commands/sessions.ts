import { jsonSessions } from "../../output/json.ts";
import { sessionList } from "../../output/sessions.ts";
import { keptSessions } from "../../sessions/find.ts";
import { sessionsFolder } from "../../sessions/store.ts";
import { styleOf, type Terminal } from "../terminal.ts";
import type { ShowOptions } from "./show.ts";

/** Lists past investigations, the newest first. Answers the exit code. */
export async function sessions(options: ShowOptions, terminal: Terminal): Promise<number> {
  const kept = await keptSessions(sessionsFolder(terminal.environment));
  terminal.out.write(options.json ? jsonSessions(kept) : sessionList(kept, styleOf(terminal, options)));
  return 0;
}
