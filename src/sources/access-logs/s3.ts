import { Readable } from "node:stream";
import { GetObjectCommand, ListObjectsV2Command, type ListObjectsV2CommandInput, S3Client } from "@aws-sdk/client-s3";
import type { Span } from "../../model/time.ts";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";
import { field, items, name } from "../parse.ts";
import * as z from "../zod.ts";
import { folderOf, keyPrefixes, matters, named, partsOf } from "./object-key.ts";
import { pagesOf } from "./queried.ts";
import type { Log, LogPlace } from "./questions.ts";
import type { LogFile } from "./read-files.ts";
import { WORDS } from "./words.ts";

const ASKED = { source: "access-logs", name: "Amazon S3" } as const;
/** Bytes of one object: a node's five minutes, packed. */
const LARGEST = 2 ** 30;
/** Bytes of all objects of an answer, packed: about a minute's reading. What is more is Athena's. */
const MOST = 2 ** 30;

const listed = z.object({ Key: name, Size: z.int().check(z.nonnegative()) });

/** A bucket whose log files are read. */
export class LogBucket extends AwsSource<S3Client> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: ASKED,
        id: "s3",
        token: ["ContinuationToken", "NextContinuationToken"],
        largest: LARGEST,
        connect: (settings) =>
          // Its own sum over a whole object costs as much as unpacking it; TLS and gzip have theirs.
          new S3Client({ ...settings, followRegionRedirects: true, responseChecksumValidation: "WHEN_REQUIRED" }),
        send: (client, _, input, abortSignal) =>
          client.send(new ListObjectsV2Command(input as unknown as ListObjectsV2CommandInput), { abortSignal }),
      },
      options,
      credentials,
    );
  }

  /** The objects of a log that hold a minute of the spans, and how many bytes they are. Throws a Told. */
  async files(
    log: Log,
    loadBalancer: string,
    place: LogPlace & { readonly bucket: string },
    spans: readonly Span[],
  ): Promise<{ files: LogFile[]; bytes: number }> {
    const { id } = partsOf(loadBalancer);
    const prefixes = keyPrefixes(log, loadBalancer, place, spans);
    const found = (await Promise.all(prefixes.map((Prefix) => this.#list(place.bucket, Prefix)))).flat();
    const wanted = found.filter(({ Key }) => {
      const told = named(Key);
      return told?.log === log && told.loadBalancer === id && matters(told.end, spans);
    });
    const where = `s3://${place.bucket}/${folderOf(loadBalancer, place)}`;
    if (wanted.length === 0) throw new Told("missing", `there is no ${WORDS[log]} for these minutes under ${where}`);
    const bytes = wanted.reduce((sum, { Size }) => sum + Size, 0);
    if (bytes > MOST)
      throw new Told(
        "timeout",
        `the ${WORDS[log]}s of these minutes under ${where} are ${gigabytes(bytes)} compressed`,
      );
    const keys = wanted.map(({ Key }) => Key).sort();
    return {
      files: keys.map((Key) => ({ name: Key, open: (signal) => this.#open(place.bucket, Key, signal) })),
      bytes,
    };
  }

  async #list(Bucket: string, Prefix: string) {
    const answer = await this.ask({ source: ASKED.source, operation: "ListObjectsV2", input: { Bucket, Prefix } });
    return pagesOf(answer).flatMap((page) => items(listed, field(page, "Contents") ?? [], "Contents").kept);
  }

  async #open(Bucket: string, Key: string, abortSignal: AbortSignal): Promise<Readable> {
    const client = await this.client();
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
    if (!(Body instanceof Readable)) throw new Told("malformed", `Amazon S3 gave no body for ${Key}`);
    return Body;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 10 ** 9).toFixed(1)} GB`;
}
