import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Span } from "../../model/time.ts";
import { type Aggregate, aggregate } from "./aggregate.ts";
import type { Log, LogsAnswer } from "./questions.ts";
import { LineSplitter } from "./split-lines.ts";

/** One file of a log: an object in S3, or a file in a folder. */
export interface LogFile {
  readonly name: string;
  /** Its bytes as they lie there. */
  open(signal: AbortSignal): Promise<Readable>;
}

export interface Reading {
  readonly log: Log;
  /** "app/name/id" */
  readonly loadBalancer: string;
  readonly spans: readonly Span[];
  readonly files: readonly LogFile[];
  readonly signal: AbortSignal;
  /** Is told of each piece that came. */
  readonly moved?: () => void;
  /** Is told after each file. */
  readonly progress?: (done: number, bytes: number) => void;
  /** Whether a file that fails is one that is passed over, and not the end of all. */
  readonly isBroken: (error: unknown) => boolean;
}

/** Bytes of a piece that is unpacked at once: larger ones are faster, until they no longer fit into the processor's cache. */
const PIECE = 2 ** 18;

/**
 * Reads files one after the other, so that memory is bounded and the answer does not hang on which comes first; each is
 * unpacked on another thread while the lines before are counted. A file that breaks off counts as far as it was read.
 */
export async function readFiles(reading: Reading): Promise<LogsAnswer> {
  const { log, loadBalancer, spans, files, signal, moved, progress, isBroken } = reading;
  const counted = aggregate(log, loadBalancer, spans);
  let bytes = 0;
  let broken = 0;
  const count = (more: number) => {
    bytes += more;
    moved?.();
  };
  for (const [index, file] of files.entries()) {
    try {
      await readFile(file, counted, signal, count);
    } catch (error) {
      signal.throwIfAborted();
      if (!isBroken(error)) throw error;
      broken += 1;
    }
    progress?.(index + 1, bytes);
  }
  const { lines, unreadable } = counted;
  const read = { engine: "files", objects: files.length, bytes, lines, unreadable, broken } as const;
  return { read, rows: counted.rows() };
}

async function readFile(
  file: LogFile,
  counted: Aggregate,
  signal: AbortSignal,
  count: (bytes: number) => void,
): Promise<void> {
  const splitter = new LineSplitter((line) => counted.add(line));
  const stream = await file.open(signal);
  const counting = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      count(piece.length);
      yield piece;
    }
  };
  const cutting = async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) splitter.push(piece);
  };
  try {
    if (/\.gz$/.test(file.name))
      await pipeline(stream, counting, createGunzip({ chunkSize: PIECE }), cutting, { signal });
    else await pipeline(stream, counting, cutting, { signal });
  } finally {
    splitter.finish();
  }
}
