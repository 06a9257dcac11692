import { readFile, stat } from "node:fs/promises";
import { Unusable } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import type * as z from "../zod.ts";

/** A recording of hours is one or two megabytes; what is far beyond that is not one, and would only fill the memory. */
const LARGEST_FILE = 256 * 2 ** 20;

/** Deeper than any vendor's answer; what nests further would exhaust the stack of those who walk it. */
const DEEPEST = 200;

/** A JSON file from outside. Whatever is wrong with it becomes an Unusable that names the file and the place. */
export async function readJson(path: string): Promise<unknown> {
  const text = decode(path, await bytes(path));
  const value = await parse(path, text);
  return heldDepth(value, path);
}

/** The value, where it does not nest deeper than anything of ours. Throws an Unusable. */
export function heldDepth<T>(value: T, path: string): T {
  if (nestsDeeper(value, DEEPEST)) throw unusable(path, `nests deeper than ${DEEPEST} levels`);
  return value;
}

/** Holds a value that came from a file to its schema; the error names the file and the place in it. */
export function heldFile<T>(schema: z.ZodMiniType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = place(issue?.path ?? []);
  const what = (issue?.message ?? "does not fit").replace(/^Invalid input: /, "");
  throw unusable(path, where === "" ? what : `${where}: ${what}`);
}

export function unusable(path: string, what: string): Unusable {
  return new Unusable(`${visible(path)}: ${oneLine(what)}`);
}

/** A failure of the file system in a few words, for a sentence that names the file. */
export function fileTrouble(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: { readonly [code: string]: string } = {
    ENOENT: "there is no such file",
    ENOTDIR: "there is no such file",
    EISDIR: "is a folder, not a file",
    EACCES: "may not be read (permission denied)",
    EPERM: "may not be read (permission denied)",
    ELOOP: "is a symbolic link that leads nowhere",
  };
  return known[code] ?? `cannot be read (${code || String(error)})`;
}

async function bytes(path: string): Promise<Buffer> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw unusable(path, "is a folder, not a file");
    // A pipe or a device would make the reader wait for ever.
    if (!info.isFile()) throw unusable(path, "is not a regular file");
    if (info.size > LARGEST_FILE) {
      throw unusable(path, `is larger than ${LARGEST_FILE / 2 ** 20} MB, the most that is read`);
    }
    return await readFile(path);
  } catch (error) {
    throw error instanceof Unusable ? error : unusable(path, fileTrouble(error));
  }
}

function decode(path: string, content: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    // The decoder's only complaint is that the bytes are no UTF-8.
    throw unusable(path, "is not UTF-8 text");
  }
}

async function parse(path: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unusable(`${visible(path)}${await firstError(text, error)}`);
  }
}

/** Where the JSON breaks, as ":line:column: what". JSON.parse names no place for most errors, so another parser looks. */
async function firstError(text: string, error: unknown): Promise<string> {
  const { visit, printParseErrorCode } = await import("jsonc-parser");
  let found: string | undefined;
  visit(
    text,
    {
      onError: (code, offset, _length, line, column) => {
        const words = printParseErrorCode(code)
          .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
          .toLowerCase();
        const cut = offset >= text.trimEnd().length || words.startsWith("unexpected end of");
        found ??= `:${line + 1}:${column + 1}: is not JSON: ${cut ? "the file ends too early" : words}`;
      },
    },
    { disallowComments: true },
  );
  return found ?? `: is not JSON: ${oneLine(String(error))}`;
}

/** ["answers", 3, "operation"] → "answers[3].operation" */
function place(path: readonly PropertyKey[]): string {
  const joined = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return joined.replace(/^\./, "");
}

function nestsDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  if (levels === 0) return true;
  // Nearly all that a recording holds are numbers and texts in long lists: those cost no call.
  if (Array.isArray(value)) {
    for (const one of value) if (typeof one === "object" && nestsDeeper(one, levels - 1)) return true;
    return false;
  }
  // What JSON.parse made has no inherited keys; Object.values would make a list of each object.
  for (const key in value) {
    const one = (value as Record<string, unknown>)[key];
    if (typeof one === "object" && nestsDeeper(one, levels - 1)) return true;
  }
  return false;
}
