import type { Session } from "../../src/model/session.ts";
import { sessionFiles } from "../../src/sessions/files.ts";
import { readKept } from "../../src/sessions/kept.ts";
import { replayed } from "../../src/sessions/replay.ts";
import { sessionsIn } from "../cli/lbdoctor.ts";

/** The sessions that are kept under a state folder, the newest first, as they are read again. */
export function keptIn(state: string): Promise<Session[]> {
  const folder = sessionsIn(state);
  return Promise.all(
    sessionFiles(folder).map(async (files) => {
      const kept = await readKept(folder, files);
      return replayed(kept, kept.opening.version);
    }),
  );
}
