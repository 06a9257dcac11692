import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { keptSession } from "../../app/kept-session.ts";
import { packageFile } from "../../app/package.ts";
import type { Terminal } from "../../app/terminal.ts";
import type { Session } from "../../model/session.ts";
import { Unusable } from "../../model/unusable.ts";
import { visible } from "../../model/visible.ts";
import { type Figure, figuresOf } from "../../output/figures/index.ts";
import { escaped } from "../../output/figures/svg.ts";
import { type Document, findingsIn } from "../../output/postmortem/block.ts";
import { postmortemOf } from "../../output/postmortem/document.ts";
import { htmlOf, htmlSection } from "../../output/postmortem/html.ts";
import { markdownOf, markdownSection, markdownWords } from "../../output/postmortem/markdown.ts";
import { isUntouched, sealed } from "../../output/postmortem/seal.ts";
import { filled } from "../../output/postmortem/template.ts";
import { redacted } from "../../redaction/document.ts";
import { hasCode, makeFolder, removeQuietly, writeTrouble } from "../../sessions/writable.ts";
import { fileTrouble } from "../../sources/recording/json-file.ts";
import { type ManifestsOptions, manifestsGiven } from "../manifests.ts";
import { readPages } from "../pages.ts";

export interface PostmortemOptions extends ManifestsOptions {
  readonly out?: string;
  readonly format?: "md" | "html";
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
  const template = options.template === undefined ? null : await templateAt(options.template);
  const pages = await readPages(packageFile("playbooks/"));
  // Not both, see program.ts: what stands around a change in a manifest is not known, so it could not be hidden.
  const session = options.redact ? redacted(kept) : (await manifestsGiven(options, terminal))(kept);
  const format = options.format ?? (options.out?.endsWith(".html") ? "html" : "md");
  const out = options.out ?? `postmortem-${session.opening.id}.${format}`;
  const pageOf = (id: string) => pages.find((page) => page.id === id)?.markdown;
  const files = filesOf(session, { pageOf, format, template, out });
  if (out === "-") {
    terminal.out.write(files[0]?.text ?? "");
    return 0;
  }
  const replaced = await write(files, options.force === true);
  for (const path of replaced) terminal.err.write(`lbdoctor: replaced ${visible(path)}, which had been edited\n`);
  terminal.out.write(`${visible(out)}\n`);
  return 0;
}

interface Made {
  readonly path: string;
  readonly text: string;
}

interface Wish {
  readonly pageOf: (id: string) => string | undefined;
  readonly format: "md" | "html";
  readonly template: string | null;
  /** Where the document goes; "-" is standard output, and then there are no figures beside it. */
  readonly out: string;
}

/** The document and, for markdown, the figures beside it. Nothing is written yet. */
export function filesOf(session: Session, { pageOf, format, template, out }: Wish): Made[] {
  const document = postmortemOf(session, pageOf);
  if (format === "html") return [{ path: out, text: htmlText(document, template) }];
  const folder = out.replace(/\.[^./\\]+$/, "");
  const beside = out === "-" ? [] : figuresOf(session);
  const pictureAt = ({ name }: Figure) => (out === "-" ? null : address(`${basename(folder)}/${name}.svg`));
  const pictures = beside.map(({ name, svg }) => ({ path: join(folder, `${name}.svg`), text: svg }));
  return [{ path: out, text: markdownText(document, template, pictureAt) }, ...pictures];
}

function markdownText(
  document: Document,
  template: string | null,
  pictureAt: (figure: Figure) => string | null,
): string {
  const options = { pictureAt, shown: linkable(document, template) };
  if (template === null) return markdownOf(document, options);
  return filled(template, document, { words: markdownWords, section: (one) => markdownSection(one, options) });
}

function htmlText(document: Document, template: string | null): string {
  if (template === null) return htmlOf(document);
  const shown = linkable(document, template);
  return filled(template, document, { words: escaped, section: (one) => htmlSection(one, shown) });
}

/** The findings that references can point to: none where a template leaves the evidence out. */
function linkable(document: Document, template: string | null): ReadonlySet<string> {
  return template === null || /\{\{\s*evidence\s*\}\}/.test(template) ? findingsIn(document) : new Set();
}

/** A relative path as markdown can carry it: blanks and brackets would end it. */
function address(path: string): string {
  return encodeURI(path).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"));
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
      `${visible(first)} is not as lbdoctor wrote it; give another --out, or --force to replace it and lose what was edited`,
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
