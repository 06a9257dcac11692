import { constants } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Terminal } from "../app/terminal.ts";
import type { ManifestFile, PassedOver } from "../manifests/documents.ts";
import type { Session } from "../model/session.ts";
import { Unusable } from "../model/unusable.ts";
import { oneLine, visible } from "../model/visible.ts";
import { hasCode } from "../sessions/writable.ts";
import { fileTrouble } from "../sources/recording/json-file.ts";

export interface ManifestsOptions {
  readonly manifests?: string;
}

/** Manifests of one service are a few KB; these limits keep a wrong folder from filling memory and time. */
const LARGEST_FILE = 512 * 2 ** 10;
const LARGEST_FOLDER = 8 * 2 ** 20;
const MOST_FILES = 1000;
const MOST_ENTRIES = 20_000;
const DEEPEST = 16;
/** Of what is skipped, this much is listed one by one. */
const TOLD = 20;

/** What is to be done with a session before it is shown: without --manifests nothing, with it the diffs are put in. */
export async function manifestsGiven(
  { manifests: folder }: ManifestsOptions,
  terminal: Terminal,
): Promise<(session: Session) => Session> {
  if (folder === undefined) return (session) => session;
  const read = await new Reading(await rootOf(folder)).all();
  // Loaded only here: without the option nobody needs a parser of YAML.
  const { manifestsOf } = await import("../manifests/documents.ts");
  const { withDiffs } = await import("../manifests/diffs.ts");
  const manifests = manifestsOf(read.files);
  tell([...read.passedOver, ...manifests.passedOver], terminal);
  return (session) => ({ ...session, fixes: withDiffs(session.fixes, manifests) });
}

function tell(passedOver: readonly PassedOver[], { err }: Terminal): void {
  const sorted = [...passedOver].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, why } of sorted.slice(0, TOLD))
    err.write(`lbdoctor: --manifests: skipped ${oneLine(path)}: ${oneLine(why)}\n`);
  const more = sorted.length - TOLD;
  if (more > 0) err.write(`lbdoctor: --manifests: skipped ${more} more\n`);
}

async function rootOf(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    const missing = hasCode(error, "ENOENT");
    throw refused(folder, missing ? "there is no such folder" : fileTrouble(error));
  }
  throw refused(folder, "is a file, not a folder");
}

function refused(folder: string, what: string): Unusable {
  return new Unusable(`--manifests ${visible(folder)}: ${what}`);
}

/** One walk through a folder, in the order of names. Links are never followed, so it cannot lead out. */
class Reading {
  readonly #root: string;
  readonly #files: ManifestFile[] = [];
  readonly #passedOver: PassedOver[] = [];
  #entries = 0;
  #bytes = 0;

  constructor(root: string) {
    this.#root = root;
  }

  async all(): Promise<{ readonly files: readonly ManifestFile[]; readonly passedOver: readonly PassedOver[] }> {
    await this.#folder("", 0);
    return { files: this.#files, passedOver: this.#passedOver };
  }

  async #folder(path: string, depth: number): Promise<void> {
    if (depth > DEEPEST) return this.#pass(path, `is nested deeper than ${DEEPEST} folders`);
    const entries = await readdir(join(this.#root, path), { withFileTypes: true }).catch((error: unknown) => {
      if (path === "") throw refused(this.#root, fileTrouble(error));
      this.#pass(path, fileTrouble(error));
      return [];
    });
    this.#entries += entries.length;
    if (this.#entries > MOST_ENTRIES) throw this.#tooMuch(`${MOST_ENTRIES} entries`);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const { name } = entry;
      // Git's own folder and its like, and packages: no manifests of the user's lie there.
      if (name.startsWith(".") || name === "node_modules") continue;
      const inner = path === "" ? name : `${path}/${name}`;
      const isYaml = /\.ya?ml$/i.test(name);
      if (entry.isDirectory()) await this.#folder(inner, depth + 1);
      else if (entry.isSymbolicLink()) this.#pass(inner, "is a symbolic link");
      else if (isYaml && !entry.isFile()) this.#pass(inner, "is not a regular file");
      else if (isYaml) await this.#file(inner);
    }
  }

  async #file(path: string): Promise<void> {
    // A diff names its file on a line of its own, where such a name would be read as something else.
    if (/[\p{C}"\\]/u.test(path)) return this.#pass(path, "has a name that a diff cannot carry");
    if (this.#files.length >= MOST_FILES) throw this.#tooMuch(`${MOST_FILES} YAML files`);
    const text = await this.#text(path);
    if (text !== null) this.#files.push({ path, text });
  }

  async #text(path: string): Promise<string | null> {
    try {
      // What was a file a moment ago may be a link or a pipe by now.
      const file = await open(join(this.#root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      try {
        const info = await file.stat();
        if (!info.isFile()) return this.#skipped(path, "is not a regular file");
        if (info.size > LARGEST_FILE)
          return this.#skipped(path, `is larger than ${LARGEST_FILE / 2 ** 10} KB, the limit`);
        const bytes = await file.readFile();
        this.#bytes += bytes.length;
        if (this.#bytes > LARGEST_FOLDER) throw this.#tooMuch(`${LARGEST_FOLDER / 2 ** 20} MB of YAML`);
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof Unusable) throw error;
      return this.#skipped(path, error instanceof TypeError ? "is not UTF-8 text" : fileTrouble(error));
    }
  }

  #skipped(path: string, why: string): null {
    this.#pass(path, why);
    return null;
  }

  #pass(path: string, why: string): void {
    this.#passedOver.push({ path, why });
  }

  #tooMuch(what: string): Unusable {
    return refused(this.#root, `holds more than ${what}; name the folder of the service's own manifests`);
  }
}
