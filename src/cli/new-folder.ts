import { access, constants, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";

export interface NewFolder {
  readonly discard: () => Promise<void>;
}

/**
 * Makes a folder, or takes one that is empty, before there is anything to write: whoever has investigated for a minute
 * must not learn only then that it cannot be kept. Nothing is ever written over. `discard` takes away what was written,
 * and the folder where it was made; those above it stay, since others may use them by then. Throws an Unusable.
 */
export async function newFolder(path: string): Promise<NewFolder> {
  try {
    const made = await makeFolder(path);
    if (!made) {
      if ((await readdir(path)).length > 0) throw new Unusable(`${visible(path)} is not empty; give a new folder`);
      await access(path, constants.W_OK);
    }
    return {
      discard: async () => {
        const written = made ? [path] : (await readdir(path)).map((name) => join(path, name));
        for (const one of written) await rm(one, { recursive: true, force: true });
      },
    };
  } catch (error) {
    throw error instanceof Unusable ? error : notWritten(path, error);
  }
}

/** The result of the work that the folder was taken for; where it throws, the folder does not stay behind. */
export async function orDiscard<T>(folder: NewFolder, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

/** What a failure to write into a folder comes to, in one sentence. */
export function notWritten(path: string, error: unknown): Unusable {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: { readonly [code: string]: string } = {
    ENOTDIR: "is a file, or lies in one, and not a folder",
    EACCES: "cannot be written (permission denied)",
    EPERM: "cannot be written (permission denied)",
    EROFS: "cannot be written (the file system is read-only)",
    ENOSPC: "cannot be written (the disk is full)",
    EDQUOT: "cannot be written (the quota is used up)",
    EFBIG: "cannot be written (a file may not be that large here)",
    ENOENT: "cannot be made: there is no such place",
  };
  return new Unusable(`${visible(path)}: ${known[code] ?? `cannot be written (${code || String(error)})`}`);
}

/**
 * Whether it had to be made. Its parents are made one by one: Node's own way (`recursive`) never ends where a file system
 * makes no folders at all, as in /proc (Node 20.20).
 */
async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") return false;
    const parent = dirname(path);
    // Where the parent was there already, the trouble is another one.
    if (code !== "ENOENT" || parent === path || !(await makeFolder(parent))) throw error;
    await mkdir(path);
    return true;
  }
}
