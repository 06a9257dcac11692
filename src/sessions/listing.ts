import { randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync, renameSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Opening } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { fileTrouble, unusable } from "../sources/recording/json-file.ts";
import * as z from "../sources/zod.ts";
import { evidenceOf, type SessionFile, sessionFiles, writtenAt } from "./files.ts";
import { type Conclusion, conclusionOf, openingOf, readOld } from "./kept.ts";
import { recordOf } from "./line.ts";
import { createPrivate, removeQuietly, writeAll } from "./writable.ts";

/** A kept session as the list tells it; `about` is null where the file is damaged, `damage` says how. */
export interface ListedSession {
  readonly id: string;
  /** When something of it was last written, milliseconds since the epoch. */
  readonly written: number;
  readonly about: About | null;
  readonly damage: string | null;
}

/** `conclusion` is null where its process was killed. */
export interface About {
  readonly alarmName: string;
  /** The moment of the investigation, ISO 8601. */
  readonly now: string;
  readonly conclusion: Conclusion | null;
}

/** Not the name of a session's file: those begin with an id. */
const INDEX = ".index.json";

/**
 * All kept sessions, the newest first. What the list says of them stands in an index beside them; a file that is not the
 * one the index knows (by size and time) is looked at anew, and then only at its ends. The index can be removed at any
 * time. Throws an Unusable where the folder cannot be read.
 */
export async function listSessions(folder: string): Promise<ListedSession[]> {
  const known = await readIndex(folder);
  const fresh: Index["files"] = {};
  const list: ListedSession[] = [];
  let changed = false;
  for (const files of sessionFiles(folder)) {
    const file = evidenceOf(files);
    if (!file) continue;
    let entry = Object.hasOwn(known, file.name) ? known[file.name] : undefined;
    if (entry?.size !== file.size || entry.written !== file.written) {
      entry = await lookedAt(folder, file);
      changed = true;
    }
    fresh[file.name] = entry;
    list.push({ id: files.id, written: writtenAt(files), about: entry.about, damage: entry.damage });
  }
  if (changed || Object.keys(known).length !== Object.keys(fresh).length)
    writeIndex(folder, { version: 1, files: fresh });
  return list;
}

type Entry = Index["files"][string];

async function lookedAt(folder: string, { name, size, written }: SessionFile): Promise<Entry> {
  const path = join(folder, name);
  try {
    const { opening, conclusion } = name.endsWith(".jsonl") ? endsOf(path) : await readOld(path);
    return { size, written, about: { alarmName: opening.alarmName, now: opening.now, conclusion }, damage: null };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { size, written, about: null, damage: error.message };
  }
}

/** An opening is some hundred bytes and a conclusion a few hundred; what is longer is not ours. */
const PART = Buffer.allocUnsafe(2 ** 16);
const NEWLINE = 0x0a;

/** What the first and the last record of a journal say. */
function endsOf(path: string): { opening: Opening; conclusion: Conclusion | null } {
  const file = opened(path);
  // One for both ends and many files: what is not needed again would be memory until somebody collects it.
  const part = (from: number) => PART.subarray(0, readSync(file, PART, 0, PART.length, from));
  try {
    const head = part(0);
    const first = head.indexOf(NEWLINE);
    const opening = first < 0 ? undefined : recordOf(head.subarray(0, first));
    if (opening === undefined) throw unusable(path, "its first line is damaged (its checksum is wrong)");
    const tail = part(Math.max(0, fstatSync(file).size - PART.length));
    const lines = tail.subarray(0, Math.max(0, tail.lastIndexOf(NEWLINE)));
    const last = recordOf(lines.subarray(lines.lastIndexOf(NEWLINE) + 1));
    return { opening: openingOf(opening, path), conclusion: last === undefined ? null : conclusionOf(last) };
  } catch (error) {
    throw error instanceof Unusable ? error : unusable(path, fileTrouble(error));
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  try {
    // A pipe would make its reader wait for ever.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw unusable(path, fileTrouble(error));
  }
}

async function readIndex(folder: string): Promise<Index["files"]> {
  try {
    const read = index.safeParse(JSON.parse(await readFile(join(folder, INDEX), "utf8")));
    return read.success ? read.data.files : {};
  } catch {
    // There is none yet, or not a whole one: it is made anew.
    return {};
  }
}

/** Whole or not at all. Where it cannot be written the next list takes longer, which is not worth a word. */
function writeIndex(folder: string, whole: Index): void {
  const beside = join(folder, `${INDEX}.${randomBytes(4).toString("hex")}.${process.pid}.part`);
  try {
    const file = createPrivate(beside);
    try {
      writeAll(file, Buffer.from(`${JSON.stringify(whole)}\n`));
    } finally {
      closeSync(file);
    }
    renameSync(beside, join(folder, INDEX));
  } catch {
    removeQuietly(beside);
  }
}

const nullable = z.nullable(z.string());
const index = z.object({
  version: z.literal(1),
  files: z.record(
    z.string(),
    z.object({
      size: z.number(),
      written: z.number(),
      about: z.nullable(
        z.object({
          alarmName: z.string(),
          now: z.string(),
          conclusion: z.nullable(
            z.object({ outcome: z.string(), rootCause: nullable, confidence: nullable, headline: nullable }),
          ),
        }),
      ),
      damage: nullable,
    }),
  ),
});
type Index = z.infer<typeof index>;
