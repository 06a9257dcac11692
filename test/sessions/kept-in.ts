import { playbooks } from "../../playbooks/index.ts";
import type { Playbook } from "../../src/model/playbook.ts";
import type { Session } from "../../src/model/session.ts";
import { sessionFiles } from "../../src/sessions/files.ts";
import { readKept } from "../../src/sessions/kept.ts";
import { replayed } from "../../src/sessions/replay.ts";
import { commandFor } from "../../src/sources/command.ts";
import { sessionsIn } from "../cli/lbdoctor.ts";

/** The sessions that are kept under a state folder, the newest first, as they are read again. */
export function keptIn(state: string, playbook = playbooks[0] as Playbook): Promise<Session[]> {
  const folder = sessionsIn(state);
  return Promise.all(
    sessionFiles(folder).map(async (files) => {
      const kept = await readKept(folder, files);
      return replayed(kept, { playbook, version: kept.opening.version, commandFor });
    }),
  );
}
