import { access, constants, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { makeFolder, writeTrouble } from "../sessions/writable.ts";

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
    const made = makeFolder(path);
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
  return new Unusable(`${visible(path)}: ${writeTrouble(error)}`);
}
