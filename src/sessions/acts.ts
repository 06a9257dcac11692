import { closeSync, ftruncateSync, readFileSync } from "node:fs";
import { Unusable } from "../model/unusable.ts";
import type { UserAct } from "../model/user.ts";
import { visible } from "../model/visible.ts";
import { sessionFiles, sessionsFolder, userFile } from "./files.ts";
import { readUser } from "./kept.ts";
import { smallLine } from "./line.ts";
import { makePrivateFolder, openPrivate, writeAll, writeTrouble } from "./writable.ts";

/**
 * Keeps what a person does in a session, apart from its runs: asking anew replaces a run, and takes no note away. Two who
 * work on the same session at once lose nothing: an act is one line, written by one call at the end of the file.
 */
export class ActsWriter {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #id: string;
  #trouble: string | null = null;

  constructor(environment: NodeJS.ProcessEnv, id: string) {
    this.#environment = environment;
    this.#id = id;
  }

  /** Why the last act could not be kept, or null. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** By the time it returns the act is with the system. It never throws, see `trouble`. */
  keep(act: UserAct): void {
    let path = "";
    try {
      const folder = sessionsFolder(this.#environment);
      path = userFile(folder, this.#id);
      makePrivateFolder(folder);
      append(path, smallLine({ type: "user", act }));
      this.#trouble = null;
    } catch (error) {
      this.#trouble = error instanceof Unusable ? error.message : `${visible(path)}: ${writeTrouble(error)}`;
    }
  }
}

/** What a person did in the session of this id, if it is kept already; a damaged file has nothing to tell. */
export async function keptActs(environment: NodeJS.ProcessEnv, id: string): Promise<readonly UserAct[]> {
  try {
    const folder = sessionsFolder(environment);
    const files = sessionFiles(folder).find((one) => one.id === id);
    return files ? await readUser(folder, files) : [];
  } catch (error) {
    if (error instanceof Unusable) return [];
    throw error;
  }
}

function append(path: string, line: Buffer): void {
  const file = openPrivate(path);
  try {
    // Half a line that a killed process or a full disk left: behind it the next one would be damaged, too.
    const there = readFileSync(file);
    const whole = there.lastIndexOf(0x0a) + 1;
    if (whole < there.length) ftruncateSync(file, whole);
    writeAll(file, line);
  } finally {
    closeSync(file);
  }
}
