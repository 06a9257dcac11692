import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { keptSession } from "../../app/kept-session.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { Session } from "../../model/session.ts";
import { Unusable } from "../../model/unusable.ts";
import { visible } from "../../model/visible.ts";
import { layoutOf } from "../../output/postmortem/layouts/index.ts";
import { isUntouched, sealed } from "../../output/postmortem/seal.ts";
import { DOCUMENTS, writerOf } from "../../output/writers/index.ts";
import { NO_WISHES, type Wishes, type Writer } from "../../output/writers/writer.ts";
import { redacted } from "../../redaction/document.ts";
import { hasCode, makeFolder, removeQuietly, writeTrouble } from "../../sessions/writable.ts";
import { fileTrouble } from "../../sources/recording/json-file.ts";
import { libraryFor } from "../library.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";

export interface PostmortemOptions extends ManifestsOptions {
  readonly out?: string;
  /** The id of a writer of documents. */
  readonly format?: string;
  readonly template?: string;
  readonly redact?: boolean;
  readonly force?: boolean;
}

/** Writes the postmortem of a kept session (the newest by default), its figures beside it. Answers the exit code. */
export async function postmortem(
  wanted: string | undefined,
  options: PostmortemOptions,
  terminal: Terminal,
): Promise<number> {
  const kept = await keptSession(terminal, wanted ?? null);
  const form = await formOf(options.template);
  // Not both, see program.ts: what stands around a change in a manifest is not known, so it could not be hidden.
  const session = options.redact ? redacted(kept) : (await manifestsGiven(options, terminal))(kept);
  const writer = documentFor(options);
  const out = options.out ?? `postmortem-${session.opening.id}.${writer.extension}`;
  const files = await filesOf(session, writer, form, out);
  if (out === "-") {
    terminal.out.write(files[0]?.text ?? "");
    return 0;
  }
  const replaced = await write(files, options.force === true);
  for (const path of replaced) terminal.err.write(`lbdoctor: replaced ${visible(path)}, which had been edited\n`);
  terminal.out.write(`${visible(out)}\n`);
  return 0;
}

/** The document that is wanted: by its format, by the file's ending, or the first. */
function documentFor({ format, out }: PostmortemOptions): Writer {
  const byEnding = DOCUMENTS.find(({ extension }) => out?.endsWith(`.${extension}`));
  return writerOf(format ?? (byEnding ?? DOCUMENTS[0])?.id ?? "");
}

interface Made {
  readonly path: string;
  readonly text: string;
}

/** The document and the files beside it; `out` is where it goes, "-" standard output. Nothing is written yet. */
async function filesOf(session: Session, writer: Writer, form: Form, out: string): Promise<Made[]> {
  const [write, library] = await Promise.all([writer.load(), libraryFor(writer)]);
  const stem = out === "-" ? null : basename(out).replace(/\.[^.]+$/, "");
  const { text, beside } = write(session, { ...NO_WISHES, ...library, ...form, stem });
  return [{ path: out, text }, ...beside.map(({ path, text }) => ({ path: join(dirname(out), path), text }))];
}

/** What gives the document its form: a layout of that name, or a file of one's own. */
type Form = Partial<Pick<Wishes, "layout" | "template">>;

async function formOf(wanted: string | undefined): Promise<Form> {
  if (wanted === undefined) return {};
  const layout = layoutOf(wanted);
  return layout ? { layout } : { template: await templateAt(wanted) };
}

async function templateAt(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Unusable(`--template ${visible(path)}: ${fileTrouble(error)}`);
  }
}

/**
 * Writes all files or none: a file that somebody edited is never lost without a word. Answers the edited ones that were
 * replaced because of --force.
 */
async function write(files: readonly Made[], force: boolean): Promise<string[]> {
  const made = files.map(({ path, text }) => ({ path, text: sealed(text, hash) }));
  const edited: string[] = [];
  for (const { path, text } of made) {
    const there = await existing(path);
    if (there !== null && there !== text && !isUntouched(there, hash)) edited.push(path);
  }
  const [first] = edited;
  if (first !== undefined && !force)
    throw new Unusable(
      `${visible(first)} has been edited since lbdoctor wrote it; give another --out, or --force to replace it and lose the edits`,
    );
  for (const { path, text } of made) await place(path, text);
  return edited;
}

async function existing(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    // Why nothing can be made there either is told when it is tried.
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return null;
    throw new Unusable(`${visible(path)}: ${fileTrouble(error)}`);
  }
}

/** A whole file takes the place of the old one, or nothing changes. */
async function place(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    makeFolder(dirname(path));
    // Of this process alone: not through a link, nor over a file that lies there.
    await writeFile(beside, text, { flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) removeQuietly(beside);
    throw new Unusable(`${visible(path)}: ${writeTrouble(error)}`);
  }
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
