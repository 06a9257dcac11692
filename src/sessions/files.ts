import { readdirSync, type Stats, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { fileTrouble } from "../sources/recording/json-file.ts";
import { hasCode } from "./writable.ts";

/*
 * What lies in the folder of sessions. An id never holds a dot, so a name says what its file is:
 *
 *   <id>.jsonl             a run of the investigation that came to its end
 *   <id>.<8 hex>.jsonl     a run that is under way, or whose process was stopped; its name is nobody else's
 *   <id>.user.jsonl        what a person did in that session
 *   <id>.json              a session as lbdoctor kept it before there were journals; still read
 *   *.part                 a file that is being made
 */

/**
 * $XDG_STATE_HOME/lbdoctor/sessions. A relative XDG_STATE_HOME counts as unset (XDG Base Directory Specification).
 * Throws an Unusable where neither it nor the home directory says where: a session must not land wherever one stands.
 */
export function sessionsFolder(environment: NodeJS.ProcessEnv): string {
  const given = environment.XDG_STATE_HOME;
  if (given !== undefined && isAbsolute(given)) return join(given, "lbdoctor", "sessions");
  const home = environment.HOME ?? homedir();
  if (isAbsolute(home)) return join(home, ".local", "state", "lbdoctor", "sessions");
  throw new Unusable(
    `there is nowhere to keep sessions: HOME is ${home === "" ? "empty" : visible(home)}; set HOME or XDG_STATE_HOME to an absolute path`,
  );
}

export const runFile = (folder: string, id: string, mark: string) => join(folder, `${id}.${mark}.jsonl`);
export const wholeFile = (folder: string, id: string) => join(folder, `${id}.jsonl`);
export const userFile = (folder: string, id: string) => join(folder, `${id}.user.jsonl`);
export const oldFile = (folder: string, id: string) => join(folder, `${id}.json`);

export interface SessionFile {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly written: number;
  /** Bytes. */
  readonly size: number;
}

/** The files of one session. At least one is there. */
export interface SessionFiles {
  readonly id: string;
  readonly whole: SessionFile | null;
  /** The newest first. */
  readonly runs: readonly SessionFile[];
  readonly old: SessionFile | null;
  readonly user: SessionFile | null;
}

/** Every session's files, the newest investigation first. Throws an Unusable where the folder cannot be read. */
export function sessionFiles(folder: string): SessionFiles[] {
  const sessions = new Map<string, { -readonly [K in keyof SessionFiles]: SessionFiles[K] }>();
  for (const name of namesIn(folder)) {
    const [, id, mark, end] = /^([^.]+)(?:\.([0-9a-f]{8}|user))?\.(jsonl|json)$/.exec(name) ?? [];
    if (id === undefined || (end === "json" && mark !== undefined)) continue;
    const file = fileAt(folder, name);
    if (!file) continue;
    const session = sessions.get(id) ?? { id, whole: null, runs: [], old: null, user: null };
    sessions.set(id, session);
    if (end === "json") session.old = file;
    else if (mark === undefined) session.whole = file;
    else if (mark === "user") session.user = file;
    else session.runs = [...session.runs, file].sort((a, b) => b.written - a.written);
  }
  return [...sessions.values()].sort((a, b) => writtenAt(b) - writtenAt(a) || (a.id < b.id ? 1 : -1));
}

/**
 * The file that the session is read from: a run that came to its end is better than one that did not. Null where only
 * what a person did is left.
 */
export function evidenceOf({ whole, old, runs }: SessionFiles): SessionFile | null {
  return whole ?? old ?? runs[0] ?? null;
}

/** When something of it was last written, milliseconds. */
export function writtenAt(session: SessionFiles): number {
  return Math.max(...allOf(session).map(({ written }) => written));
}

export function allOf({ whole, runs, old, user }: SessionFiles): SessionFile[] {
  return [whole, ...runs, old, user].filter((file) => file !== null);
}

/** The names in the folder; before the first investigation there is none, which is an empty list. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw new Unusable(`${visible(folder)}: ${fileTrouble(error)}`);
  }
}

function fileAt(folder: string, name: string): SessionFile | null {
  let stats: Stats;
  try {
    stats = statSync(join(folder, name));
  } catch {
    // Removed meanwhile, or a link that leads nowhere.
    return null;
  }
  return { name, written: stats.mtimeMs, size: stats.size };
}
