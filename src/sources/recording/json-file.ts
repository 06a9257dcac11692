import { readFile, stat } from "node:fs/promises";
import { Unusable } from "../../model/unusable.ts";
import { oneLine, visible } from "../../model/visible.ts";
import { issueWords } from "../parse.ts";
import { parseJson, TooLarge } from "../size.ts";
import type * as z from "../zod.ts";

/** A kept session holds all the answers that one investigation got; what is far beyond that would only fill the memory. */
const LARGEST_FILE = 256 * 2 ** 20;

/**
 * A JSON file from outside, of at most so many bytes. Whatever is wrong with it becomes an Unusable that names the file and
 * the place.
 */
export async function readJson(path: string, most = LARGEST_FILE): Promise<unknown> {
  return parsed(path, decode(path, await bytes(path, most)));
}

/** Holds a value that came from a file to its schema; the error names the file and the place in it. */
export function heldFile<T>(schema: z.ZodMiniType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = place(issue?.path ?? []);
  const what = issue ? issueWords(issue) : "does not fit";
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

async function bytes(path: string, most: number): Promise<Buffer> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw unusable(path, "is a folder, not a file");
    // A pipe or a device would make the reader wait for ever.
    if (!info.isFile()) throw unusable(path, "is not a regular file");
    if (info.size > most) throw unusable(path, `is larger than ${Math.floor(most / 2 ** 20)} MB, the limit`);
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

async function parsed(path: string, text: string): Promise<unknown> {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof TooLarge) throw unusable(path, error.message);
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
