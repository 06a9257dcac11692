import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { Unusable } from "../model/unusable.ts";
import { visible } from "../model/visible.ts";
import { fileTrouble, unusable } from "../sources/recording/json-file.ts";
import { recordOf } from "./line.ts";

/** A session of hours is a few MB; what is far beyond that is not one, and would only fill the memory. */
const LARGEST_FILE = 256 * 2 ** 20;

const CHUNK = 2 ** 18;
const NEWLINE = 0x0a;

/**
 * The records of a journal, in order. What a killed process left of its last record is passed over; damage before the
 * last whole record is an Unusable that names the line, since what comes after it would be read without it.
 */
export async function* recordsIn(path: string): AsyncGenerator<unknown> {
  let number = 0;
  let damaged: number | null = null;
  for await (const line of linesIn(path)) {
    number += 1;
    const record = recordOf(line);
    if (record === undefined) {
      damaged ??= number;
      continue;
    }
    if (damaged !== null)
      throw new Unusable(`${visible(path)}:${damaged}: this line is damaged (its checksum is wrong)`);
    yield record;
  }
}

/** The lines of a file without their ends; what stands behind the last end is no line. */
async function* linesIn(path: string): AsyncGenerator<Buffer> {
  const file = await opened(path);
  try {
    let begun: Buffer[] = [];
    for (let at = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const { bytesRead } = await file.read(chunk, 0, CHUNK, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      if (at > LARGEST_FILE) throw unusable(path, `is larger than ${LARGEST_FILE / 2 ** 20} MB, the limit`);
      const read = chunk.subarray(0, bytesRead);
      let from = 0;
      for (let end = read.indexOf(NEWLINE); end >= 0; end = read.indexOf(NEWLINE, from)) {
        const rest = read.subarray(from, end);
        yield begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
        begun = [];
        from = end + 1;
      }
      if (from < bytesRead) begun.push(read.subarray(from));
    }
  } finally {
    await file.close();
  }
}

async function opened(path: string) {
  try {
    // A pipe would make its reader wait for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    throw unusable(path, fileTrouble(error));
  }
  throw unusable(path, "is not a regular file");
}
