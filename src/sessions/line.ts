import { crc32 } from "node:zlib";
import { Unusable } from "../model/unusable.ts";
import { visibleJson } from "../model/visible.ts";
import { parseJson, TooLarge } from "../sources/size.ts";

/*
 * A record is one line, `[<the record as JSON>,"<CRC-32 of that JSON's bytes, 8 hex digits>"]`: any tool that reads JSON
 * lines reads it, and a line that was cut short or changed is known by itself.
 */

const OPEN = Buffer.from("[");
/** `,"01234567"]` */
const SEAL = 12;

/** The line of a record whose JSON comes in pieces; joined they are the line, with its end. */
export function* lineOf(json: Iterable<string>): Generator<Buffer> {
  yield OPEN;
  let sum = 0;
  for (const piece of json) {
    // Somebody will read it with `cat`; JSON alone escapes only some of what a terminal obeys.
    const bytes = Buffer.from(visibleJson(piece));
    sum = crc32(bytes, sum);
    yield bytes;
  }
  yield Buffer.from(`${sealOf(sum)}\n`);
}

/** The line of a record that is small. */
export function smallLine(record: object): Buffer {
  return Buffer.concat([...lineOf([JSON.stringify(record)])]);
}

/** The record of a line without its end; undefined where the line is not whole. */
export function recordOf(line: Buffer): unknown {
  const json = line.subarray(OPEN.length, -SEAL);
  if (line[0] !== OPEN[0] || line.subarray(-SEAL).toString("latin1") !== sealOf(crc32(json))) return undefined;
  try {
    return parseJson(json.toString("utf8"));
  } catch (error) {
    if (error instanceof TooLarge) throw new Unusable(`a line of the session ${error.message}`);
    // The checksum holds, and it is no JSON: not a line of ours.
    return undefined;
  }
}

function sealOf(sum: number): string {
  return `,"${sum.toString(16).padStart(8, "0")}"]`;
}
