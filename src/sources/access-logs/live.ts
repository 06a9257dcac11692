import type { Answer, Question } from "../../model/question.ts";
import type { Span } from "../../model/time.ts";
import { plural } from "../../model/words.ts";
import { type AwsOptions, awsFailure } from "../aws/aws.ts";
import type { Settings } from "../aws/source.ts";
import { failed, Told } from "../failure.ts";
import { held, instant } from "../parse.ts";
import type { Source } from "../port.ts";
import * as z from "../zod.ts";
import { filesIn } from "./folder.ts";
import { partsOf } from "./object-key.ts";
import { LOGS, type Log, type LogsAnswer } from "./questions.ts";
import { type LogFile, readFiles } from "./read-files.ts";
import type { LogBucket } from "./s3.ts";
import { USD_PER_MEGABYTE, WORDS } from "./words.ts";

const input = z.object({
  loadBalancer: z.string(),
  bucket: z.nullable(z.string()),
  prefix: z.string(),
  spans: z.array(z.object({ start: instant, end: instant })),
});
/** What a question asks for. */
type LogInput = z.infer<typeof input>;

/** How often it is told how far a reading is, in milliseconds. */
const TOLD_EVERY = 2_000;
const ASKED = { source: "access-logs", name: "the folder or bucket with the logs" } as const;
const MEGABYTE = 10 ** 6;

/** Answers questions about logs: from the folder that is given, else from the bucket that the load balancer writes to. */
export class LiveAccessLogs implements Source {
  readonly #options: AwsOptions;
  readonly #folder: string | undefined;
  readonly #credentials: Settings["credentials"] | undefined;
  #bucket: LogBucket | null = null;

  constructor(options: AwsOptions, folder?: string, credentials?: Settings["credentials"]) {
    this.#options = options;
    this.#folder = folder;
    this.#credentials = credentials;
  }

  async ask({ operation, input: asked }: Question): Promise<Answer> {
    try {
      const log = LOGS.find((one) => one === operation);
      if (log === undefined) throw new Told("malformed", `${operation} is not a load balancer's log`);
      const answer = await this.#read(log, held(input, asked, "the question"));
      return { status: "answered", pages: [answer] };
    } catch (error) {
      return failed(awsFailure(error, ASKED, this.#options));
    }
  }

  async #read(log: Log, { loadBalancer, bucket, prefix, spans }: LogInput): Promise<LogsAnswer> {
    const { id } = partsOf(loadBalancer);
    if (this.#folder !== undefined) return this.#readFiles(log, id, spans, await filesIn(this.#folder, log, id, spans));
    if (bucket === null) throw new Told("missing", `the load balancer writes no ${WORDS[log]} to S3`);
    // Loaded only where there is a bucket: a folder needs nothing of AWS.
    const { LogBucket } = await import("./s3.ts");
    this.#bucket ??= new LogBucket(this.#options, this.#credentials);
    const { files, bytes } = await this.#bucket.files(log, loadBalancer, { bucket, prefix }, spans);
    const usd = ((bytes / MEGABYTE) * USD_PER_MEGABYTE).toFixed(5);
    this.#options.waiting?.(
      `reading the ${WORDS[log]}: ${plural(files.length, "file")}, ${megabytes(bytes)}, at most ${usd} USD`,
    );
    return this.#readFiles(log, id, spans, files);
  }

  async #readFiles(log: Log, id: string, spans: readonly Span[], files: readonly LogFile[]): Promise<LogsAnswer> {
    const { stop, waiting, tally, limits } = this.#options;
    let last = performance.now();
    const stalled = new AbortController();
    const stall = () => stalled.abort(new Told("timeout", `the ${WORDS[log]} stopped coming`));
    let timer = setTimeout(stall, limits.question);
    const answer = await readFiles({
      log,
      loadBalancer: id,
      spans,
      files,
      signal: AbortSignal.any([...(stop ? [stop] : []), stalled.signal]),
      isBroken,
      moved: () => {
        clearTimeout(timer);
        timer = setTimeout(stall, limits.question);
      },
      progress: (done, bytes) => {
        if (performance.now() - last < TOLD_EVERY || done === files.length) return;
        last = performance.now();
        waiting?.(`reading the ${WORDS[log]}: ${done} of ${plural(files.length, "file")}, ${megabytes(bytes)}`);
      },
    }).finally(() => clearTimeout(timer));
    tally.bill("access-logs", Math.ceil(answer.read.bytes / MEGABYTE));
    return answer;
  }
}

/** A file that is damaged, or was cut while it was written: the others are read. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^Z_|^ERR_BUFFER/.test(String(error.code));
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
