import { createHash } from "node:crypto";
import { mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import {
  type Answer,
  FAILURE_KINDS,
  type Input,
  type Question,
  questionKey,
  type SourceName,
} from "../../model/question.ts";
import { epoch } from "../../model/time.ts";
import { visibleJson } from "../../model/visible.ts";
import { CAUSES, FACTORS } from "../../model/vocabulary.ts";
import { descriptorOf } from "../descriptor-of.ts";
import { SOURCES } from "../descriptors.ts";
import { SIZE } from "../limits.ts";
import { readableJson } from "../readable-json.ts";
import * as z from "../zod.ts";
import { fileTrouble, heldFile, readJson, unusable } from "./json-file.ts";

/*
 * A recording is a folder: manifest.json says what it is, and one file per source holds the vendor's raw answers. It is
 * read from strangers, so every flaw is told with its file and place, and nothing outside of the folder is opened.
 */

const MANIFEST = "manifest.json";
/** Seconds; CloudWatch keeps datapoints of one minute for 15 days (User Guide, Metrics retention). */
const LONGEST_WINDOW = 15 * 86_400;
/** Bytes; a manifest is some kB. */
const LARGEST_MANIFEST = 2 ** 20;
const version = z.literal(1, {
  error: ({ input }) => `version ${JSON.stringify(input) ?? "(none)"} is unknown; this lbdoctor reads version 1`,
});
const time = z.string().check(z.refine(isTime, { error: "expected a time like 2026-06-26T08:00:00Z" }));

const manifestSchema = z.strictObject({
  version,
  /** The incident's short name, as a file name: "worker-ceiling". */
  id: z.string().check(z.minLength(1)),
  title: z.string(),
  description: z.string(),
  /** Where the figures come from: "a reconstruction …", or "recorded from …". */
  provenance: z.string(),
  /** The alarm's name. */
  alarm: z.string().check(z.minLength(1)),
  /** The moment of the investigation. */
  now: time,
  window: z.strictObject({ start: time, end: time }).check(
    z.refine(({ start, end }) => !isTime(start) || !isTime(end) || epoch(start) < epoch(end), {
      error: "expected a start before the end",
    }),
    z.refine(({ start, end }) => !isTime(start) || !isTime(end) || epoch(end) - epoch(start) <= LONGEST_WINDOW, {
      error: `expected at most ${LONGEST_WINDOW / 86_400} days, as long as CloudWatch keeps one-minute metrics`,
    }),
  ),
  allowExec: z.boolean(),
  /** The files with the answers, relative to the folder. */
  files: z
    .array(
      z.string().check(z.regex(/^[^\p{C}\\/][^\p{C}\\]*$/u, { error: "expected the name of a file in this folder" })),
    )
    .check(
      z.maxLength(SIZE.files, { error: `expected at most ${SIZE.files} files` }),
      z.refine((names) => new Set(names).size === names.length, { error: "expected each file once" }),
    ),
  /** What an investigation of it must find; read by tests, not by lbdoctor. */
  expected: z.optional(
    z.strictObject({
      rootCause: z.nullable(z.enum(CAUSES)),
      factors: z.array(z.enum(FACTORS)),
      rejected: z.array(z.enum(CAUSES)),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

const failure = z.strictObject({ kind: z.enum(FAILURE_KINDS), message: z.string() });
const entry = z
  .strictObject({
    operation: z.string(),
    input: z.looseObject({}),
    // Pages stay as they are: the parsers of the sources hold them to their schemas, as in a live run.
    pages: z.optional(z.array(z.unknown()).check(z.minLength(1))),
    cut: z.optional(failure),
    failure: z.optional(failure),
  })
  .check(
    z.refine(({ pages, cut, failure }) => (pages === undefined ? failure && !cut : !failure), {
      error: "expected either pages, perhaps cut, or a failure",
    }),
  );
const sourceFile = z.strictObject({
  version,
  source: z.enum(SOURCES.map(({ id }) => id)),
  answers: z.array(entry),
});
type Entry = z.infer<typeof entry>;

/** A question with the answer that it got. */
export interface Recorded {
  readonly question: Question;
  readonly answer: Answer;
}

/** A recording as it was read. */
export interface Recording {
  readonly manifest: Manifest;
  readonly answers: ReadonlyMap<string, Answer>;
  /** The same, each with its question, in the order of the files. */
  readonly recorded: readonly Recorded[];
  /** The same for recordings with the same answers; what is only said about them (titles, expectations) is left out. */
  readonly identity: string;
}

/** Reads the recording in a folder. Throws an Unusable that names file and place. */
export async function readRecording(folder: string): Promise<Recording> {
  const manifestPath = join(folder, MANIFEST);
  const manifest = heldFile(
    manifestSchema,
    await readJson(await within(folder, MANIFEST), LARGEST_MANIFEST),
    manifestPath,
  );
  const answers = new Map<string, Answer>();
  const recorded: Recorded[] = [];
  let room: number = SIZE.whole;
  for (const name of manifest.files) {
    const path = join(folder, name);
    const found = await within(folder, name);
    // One after the other: all of them together are held to one size.
    const { source, answers: entries } = heldFile(sourceFile, await readJson(found, room), path);
    room -= await sizeOf(found);
    for (const [index, one] of entries.entries()) {
      const question = questionOf(source, one, path, index);
      const key = questionKey(question);
      if (answers.has(key)) throw unusable(path, `answers[${index}]: this question is answered twice`);
      const answer = answerOf(one);
      answers.set(key, answer);
      recorded.push({ question, answer });
    }
  }
  return { manifest, answers, recorded, identity: identify(answers) };
}

/** Bytes of a file that has just been read. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

/** Writes a recording into a folder, one readable file per source; the same answers give the same bytes. */
export async function writeRecording(
  folder: string,
  about: Omit<Manifest, "version" | "files">,
  recorded: readonly Recorded[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sources = SOURCES.map(({ id }) => id).filter((source) =>
    recorded.some(({ question }) => question.source === source),
  );
  const manifest: Manifest = { version: 1, ...about, files: sources.map((source) => `${source}.json`) };
  await writeJson(join(folder, MANIFEST), manifest);
  for (const source of sources) {
    const own = recorded.filter(({ question }) => question.source === source).map((one) => [keyOf(one), one] as const);
    own.sort(([a], [b]) => (a < b ? -1 : 1));
    await writeJson(join(folder, `${source}.json`), {
      version: 1,
      source,
      answers: own.map(([, one]) => entryOf(one)),
    });
  }
}

function writeJson(path: string, value: unknown): Promise<void> {
  // Somebody will read it with `cat`; JSON alone escapes only some of what a terminal obeys.
  // Made, and never written through a link that somebody has put there.
  return writeFile(path, `${visibleJson(readableJson(value))}\n`, { flag: "wx" });
}

/** The path of a file of the folder; a name or a link that leads out of it is refused, whatever lies there. */
async function within(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  try {
    if (!leadsOut(folder, path) && !leadsOut(...(await Promise.all([realpath(folder), realpath(path)])))) return path;
  } catch (error) {
    throw unusable(path, fileTrouble(error));
  }
  throw unusable(path, "leads out of the recording's folder; only files inside it are read");
}

function leadsOut(folder: string, path: string): boolean {
  return relative(folder, path).split(sep)[0] === "..";
}

function questionOf(source: SourceName, { operation, input }: Entry, path: string, index: number): Question {
  const known = descriptorOf(source).operations;
  if (!known.includes(operation)) {
    throw unusable(path, `answers[${index}].operation: ${JSON.stringify(operation)} is none of ${known.join(", ")}`);
  }
  return { source, operation, input: input as Input };
}

function answerOf({ pages, cut, failure }: Entry): Answer {
  if (failure) return { status: "failed", failure };
  return { status: "answered", pages: pages ?? [], ...(cut && { cut }) };
}

function entryOf({ question: { operation, input }, answer }: Recorded): object {
  if (answer.status === "failed") return { operation, input, failure: answer.failure };
  return { operation, input, pages: answer.pages, ...(answer.cut && { cut: answer.cut }) };
}

function keyOf({ question }: Recorded): string {
  return questionKey(question);
}

/** Independent of the order of entries and of white space in the files. */
function identify(answers: ReadonlyMap<string, Answer>): string {
  const hash = createHash("sha256");
  for (const key of [...answers.keys()].sort()) hash.update(`${key}\n${JSON.stringify(answers.get(key))}\n`);
  return hash.digest("hex");
}

function isTime(value: string): boolean {
  try {
    epoch(value);
    return true;
  } catch {
    // epoch() throws for everything that is no time.
    return false;
  }
}
