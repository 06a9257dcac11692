import { closeSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { sessionsFolder } from "../sessions/files.ts";
import { createPrivate, makePrivateFolder, writeAll } from "../sessions/writable.ts";
import * as z from "../sources/zod.ts";

/** What a person has shown to know of an incident: question → whether it was known when it was last asked. */
export type Score = Readonly<Record<string, boolean>>;

const kept = z.object({ version: z.literal(1), known: z.record(z.string(), z.boolean()) });

/** Beside the sessions: $XDG_STATE_HOME/lbdoctor/drills/<incident>.json. */
function placeOf(environment: NodeJS.ProcessEnv, incident: string): string {
  return join(dirname(sessionsFolder(environment)), "drills", `${incident}.json`);
}

/** The score so far; empty where there is none, or none that can be read. */
export function readScore(environment: NodeJS.ProcessEnv, incident: string): Score {
  try {
    const read = kept.safeParse(JSON.parse(readFileSync(placeOf(environment, incident), "utf8")));
    return read.success ? read.data.known : {};
  } catch {
    // The first time, or a file that somebody changed: one begins again.
    return {};
  }
}

/** Keeps the score, whole or not at all. Throws what the file system throws. */
export function keepScore(environment: NodeJS.ProcessEnv, incident: string, known: Score): void {
  const path = placeOf(environment, incident);
  makePrivateFolder(dirname(path));
  const beside = `${path}.${process.pid}.part`;
  const file = createPrivate(beside);
  writeAll(file, Buffer.from(`${JSON.stringify({ version: 1, known }, null, 2)}\n`));
  closeSync(file);
  renameSync(beside, path);
}

/** "12 of 71 known · A 5/8 · B 4/4": of these questions. */
export function scoreLine(ids: readonly string[], known: Score): string {
  const count = (some: readonly string[]) => some.filter((id) => known[id] === true).length;
  const letters = [...new Set(ids.map((id) => id.slice(0, 1)))];
  const parts = letters.map((letter) => {
    const own = ids.filter((id) => id.startsWith(letter));
    return `${letter} ${count(own)}/${own.length}`;
  });
  return `${count(ids)} of ${ids.length} known · ${parts.join(" · ")}`;
}
