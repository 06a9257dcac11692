import { randomBytes } from "node:crypto";
import { closeSync, existsSync, renameSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Answer, Question } from "../model/question.ts";
import type { Opening } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import type { Source } from "../sources/port.ts";
import { oldFile, runFile, sessionsFolder, wholeFile } from "./files.ts";
import { type Conclusion, FORMAT } from "./kept.ts";
import { lineOf, smallLine } from "./line.ts";
import { tidyQuietly } from "./prune.ts";
import { createPrivate, makePrivateFolder, removeQuietly, writeAll, writeTrouble } from "./writable.ts";

/** Bytes after which a key press may come in between; JSON of this size is made and written in some ms. */
const BREATH = 2 ** 20;

/**
 * Keeps one run of an investigation while it goes on, in a journal to which whole records are only ever appended. Every
 * record is with the system before anyone sees what follows from it, so a process that is killed has shown nothing that
 * is not kept. Each run writes into a file of its own; when it has come to its end it takes the place of an earlier run
 * of the same session at once. A folder that cannot be written never stops the investigation: see `close`.
 */
export class SessionWriter {
  readonly #folder: string;
  readonly #id: string;
  #path = "";
  #file: number | null = null;
  #trouble: string | null = null;
  /** Records are written one after the other, also where one takes a few turns. */
  #last: Promise<void> = Promise.resolve();
  #busy = false;
  #tidied: Promise<void> = Promise.resolve();

  private constructor(folder: string, id: string) {
    this.#folder = folder;
    this.#id = id;
  }

  /** Begins to keep a run. It never throws: why it cannot be kept is told by `close`. */
  static begin(environment: NodeJS.ProcessEnv, opening: Opening): SessionWriter {
    try {
      const writer = new SessionWriter(sessionsFolder(environment), opening.id);
      writer.#begin(opening, environment);
      return writer;
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      const nowhere = new SessionWriter("", opening.id);
      nowhere.#trouble = error.message;
      return nowhere;
    }
  }

  /** The same source; an answer is kept before it is given on. */
  keeping(source: Source): Source {
    return {
      ask: async (question) => {
        const answer = await source.ask(question);
        await this.#inTurn(() => this.#append(answered(question, answer)));
        return answer;
      },
    };
  }

  /**
   * The run has come to its end, or was stopped (`interrupted`). At once, so that it is kept before it is shown; what is
   * answered later is not kept.
   */
  ended(said: Conclusion): void {
    const last = () => this.#end(said);
    if (this.#busy) void this.#inTurn(async () => last());
    else last();
  }

  /** Waits until everything is written; answers why it could not be, or null. */
  async close(): Promise<string | null> {
    await this.#last;
    await this.#tidied;
    return this.#trouble;
  }

  #begin(opening: Opening, environment: NodeJS.ProcessEnv): void {
    this.#trying(this.#folder, () => makePrivateFolder(this.#folder));
    if (this.#trouble !== null) return;
    this.#path = runFile(this.#folder, this.#id, randomBytes(4).toString("hex"));
    // Under its own name there is never a file without its first record.
    const beside = `${this.#path}.${process.pid}.part`;
    this.#trying(beside, () => {
      this.#file = createPrivate(beside);
      try {
        writeAll(this.#file, smallLine({ type: "opened", format: FORMAT, opening }));
        renameSync(beside, this.#path);
      } catch (error) {
        removeQuietly(beside);
        throw error;
      }
    });
    if (this.#trouble === null) this.#tidied = tidyQuietly(this.#folder, environment, this.#id);
  }

  async #inTurn(write: () => Promise<void>): Promise<void> {
    const before = this.#last;
    this.#busy = true;
    const own = before.then(write);
    this.#last = own;
    await own;
    if (this.#last === own) this.#busy = false;
  }

  async #append(json: Iterable<string>): Promise<void> {
    let since = 0;
    try {
      for (const bytes of lineOf(json)) {
        if (since > BREATH) {
          since = 0;
          await setImmediate();
        }
        since += bytes.length;
        if (this.#file === null) return;
        writeAll(this.#file, bytes);
      }
    } catch (error) {
      // A full disk, or an answer that is beyond what JSON.stringify can do.
      this.#fail(this.#path, error);
    }
  }

  #end(said: Conclusion): void {
    const file = this.#file;
    if (file === null) return;
    const whole = wholeFile(this.#folder, this.#id);
    const isWhole = said.outcome !== "interrupted";
    // The same evidence is known to its end already.
    if (!isWhole && (existsSync(whole) || existsSync(oldFile(this.#folder, this.#id)))) {
      this.#drop();
      return;
    }
    this.#trying(this.#path, () => {
      writeAll(file, smallLine({ type: "ended", said }));
      if (isWhole) renameSync(this.#path, whole);
    });
    this.#leave();
  }

  #drop(): void {
    if (this.#file === null) return;
    this.#leave();
    removeQuietly(this.#path);
  }

  #leave(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #trying(path: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#fail(path, error);
    }
  }

  /** Half a session is worse than none, and a full disk wants its space back. */
  #fail(path: string, error: unknown): void {
    this.#trouble = `${visible(path)}: ${writeTrouble(error)}`;
    this.#leave();
    if (this.#path !== "") removeQuietly(this.#path);
  }
}

/** The JSON of an exchange, page by page: the raw answers of a large cluster are tens of MB. */
function* answered(question: Question, answer: Answer): Generator<string> {
  const asked = `{"type":"answered","question":${JSON.stringify(question)},"answer":`;
  if (answer.status === "failed") {
    yield `${asked}${JSON.stringify(answer)}}`;
    return;
  }
  let open = `${asked}{"status":"answered","pages":[`;
  for (const page of answer.pages) {
    // What JSON has no word for is null in a list.
    yield `${open}${JSON.stringify(page) ?? "null"}`;
    open = ",";
  }
  yield `${open === "," ? "" : open}]${answer.cut ? `,"cut":${JSON.stringify(answer.cut)}` : ""}}}`;
}
