import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** What a failure to write comes to, in a few words for a sentence that names the place. */
export function writeTrouble(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: { readonly [code: string]: string } = {
    ENOTDIR: "is a file, or is inside one, not a folder",
    EISDIR: "is a folder, not a file",
    EEXIST: "was created by another process meanwhile",
    ELOOP: "is a symbolic link, and nothing is written through one",
    EACCES: "cannot be written (permission denied)",
    EPERM: "cannot be written (permission denied)",
    EROFS: "cannot be written (the file system is read-only)",
    ENOSPC: "cannot be written (the disk is full)",
    EDQUOT: "cannot be written (the quota is used up)",
    EFBIG: "cannot be written (a file may not be that large here)",
    ENOENT: "cannot be made: there is no such place",
  };
  return known[code] ?? `cannot be written (${code || String(error)})`;
}

/** Whether an error of the file system has this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/**
 * Answers whether it had to be made. Its parents are made one by one: Node's own way (`recursive`) never ends where a
 * file system makes no folders at all, as in /proc (Node 20.20).
 */
export function makeFolder(path: string, mode?: number): boolean {
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    const parent = dirname(path);
    // Where the parent was there already, the trouble is another one.
    if (!hasCode(error, "ENOENT") || parent === path || !makeFolder(parent, mode)) throw error;
    mkdirSync(path, { mode });
    return true;
  }
}

/**
 * Makes a folder that only its owner can enter, and closes one that others could. Not through a link: whoever put it
 * there would choose where the raw answers go.
 */
export function makePrivateFolder(path: string): void {
  makeFolder(path, 0o700);
  // NONBLOCK: a pipe in its place would make the opener wait for ever.
  const folder = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    if (!fstatSync(folder).isDirectory()) throw Object.assign(new Error("not a folder"), { code: "ENOTDIR" });
    fchmodSync(folder, 0o700);
  } finally {
    closeSync(folder);
  }
}

/** Opens a file that did not exist, for appending, readable by its owner only whatever the umask. */
export function createPrivate(path: string): number {
  return withMode(openSync(path, constants.O_WRONLY | constants.O_APPEND | NEW, 0o600));
}

/** Opens a file for reading and appending, made where it is not there; readable by its owner only. */
export function openPrivate(path: string): number {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
  return withMode(openSync(path, flags, 0o600));
}

const NEW = constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** By the handle: a name could have become another file's since. */
function withMode(file: number): number {
  try {
    fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Writes all of it; one call of the system may take less than it is given. */
export function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** Removes a file, if it is there and can be removed: for what was half made when something else went wrong. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // What went wrong before is what is told.
  }
}
