import { chmod, mkdir, open, rename } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Session } from "../model/session.ts";
import { visible, visibleJson } from "../model/visible.ts";

/** $XDG_STATE_HOME/lbdoctor/sessions. A relative XDG_STATE_HOME counts as unset (XDG Base Directory Specification). */
export function sessionsFolder(environment: NodeJS.ProcessEnv): string {
  const given = environment.XDG_STATE_HOME;
  const state = given !== undefined && isAbsolute(given) ? given : join(homedir(), ".local", "state");
  return join(state, "lbdoctor", "sessions");
}

export function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}

/**
 * A write is followed by a rest this many times as long as it took: a session of a large cluster is tens of MB, and
 * writing it anew at every event would cost more time and memory than the investigation itself. A usual one takes some ms.
 */
const REST = 4;

/**
 * Keeps one session in its file while it grows. Writes are whole (a file beside it takes its place), one at a time, and
 * what comes while one is under way is written together. A folder that cannot be written never stops the investigation.
 */
export class Keeper {
  readonly #folder: string;
  #next: Session | null = null;
  #writing: Promise<void> | null = null;
  #trouble: string | null = null;
  #hurry = false;
  #wake: () => void = () => {};

  constructor(folder: string) {
    this.#folder = folder;
  }

  save(session: Session): void {
    this.#next = session;
    this.#writing ??= this.#writeAll();
  }

  /** Waits until everything is written; answers why the newest state could not be, or null. */
  async flush(): Promise<string | null> {
    this.#hurry = true;
    this.#wake();
    await this.#writing;
    this.#hurry = false;
    return this.#trouble;
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== null) {
      const began = performance.now();
      this.#trouble = await this.#write(fileOf(this.#folder, this.#next.opening.id));
      await this.#rest(REST * (performance.now() - began));
    }
    this.#writing = null;
  }

  /** Rests, unless somebody waits for the last word. */
  #rest(milliseconds: number): Promise<void> {
    if (this.#hurry) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #write(path: string): Promise<string | null> {
    const beside = `${path}.${process.pid}.part`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await chmod(this.#folder, 0o700);
      const file = await open(beside, "w", 0o600);
      try {
        for (const piece of jsonOf(this.#newest())) await file.writeFile(visibleJson(piece));
      } finally {
        await file.close();
      }
      await rename(beside, path);
      return null;
    } catch (error) {
      this.#next = null;
      return `${visible(path)}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  /** Taken as late as possible, so that what came while the file was opened is in it. */
  #newest(): object {
    const session = this.#next ?? {};
    this.#next = null;
    return session;
  }
}

/** Characters of one piece of a file. */
const PIECE = 2 ** 20;

/**
 * The JSON of an object and a line's end, in pieces: the raw answers of a large cluster are tens of MB, which as one text
 * would stand in memory twice, and would keep a key press waiting while it is made.
 */
function* jsonOf(whole: object): Generator<string> {
  let piece = "{";
  let between = "";
  for (const [key, value] of Object.entries(whole)) {
    if (value === undefined) continue;
    piece += `${between}${JSON.stringify(key)}:`;
    between = ",";
    if (!Array.isArray(value)) {
      piece += JSON.stringify(value);
      continue;
    }
    piece += "[";
    for (const [index, item] of value.entries()) {
      piece += `${index === 0 ? "" : ","}${JSON.stringify(item) ?? "null"}`;
      if (piece.length < PIECE) continue;
      yield piece;
      piece = "";
    }
    piece += "]";
  }
  yield `${piece}}\n`;
}
