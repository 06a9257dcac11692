import { identify, playbooks } from "../playbooks/index.ts";
import { type Investigation, investigate as investigateWith } from "./engine/investigate.ts";
import type { Session } from "./model/session.ts";
import { commandFor, shortCommandFor } from "./sources/command.ts";
import { sourceWords } from "./sources/words.ts";

/** What an investigation needs: who answers, from what it starts, and who watches. */
export type Request = Pick<Investigation, "source" | "opening" | "watch">;

/**
 * The one way in: investigates an alarm with every playbook that lbdoctor has. The command line, a server or a test calls
 * it with a source that answers questions; see Investigation for what it promises.
 */
export function investigate({ source, opening, watch }: Request): Promise<Session> {
  return investigateWith({
    identify,
    playbooks,
    source,
    opening,
    commandFor,
    shortCommandFor,
    sourceWords,
    ...(watch ? { watch } : {}),
  });
}
