import { megabytesBilled } from "../../model/logs.ts";
import type { Answer, Question } from "../../model/question.ts";
import type { Span } from "../../model/time.ts";
import { plural } from "../../model/words.ts";
import { type AwsOptions, awsFailure } from "../aws/aws.ts";
import type { Settings } from "../aws/source.ts";
import { failed, inSeconds, Told } from "../failure.ts";
import { held, instant } from "../parse.ts";
import type { Source } from "../port.ts";
import * as z from "../zod.ts";
import { type Aggregate, aggregate } from "./aggregate.ts";
import { engineOf, type LogsGiven } from "./engine.ts";
import { filesIn } from "./folder.ts";
import { folderOf, partsOf } from "./object-key.ts";
import { LOGS, type Log, type LogsAnswer } from "./questions.ts";
import { type LogFile, readFiles } from "./read-files.ts";
import type { LogBucket } from "./s3.ts";
import type { TableName } from "./table-name.ts";
import { PRICES, WORDS } from "./words.ts";

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

/** Answers questions about logs, each by the engine that engineOf() chooses. */
export class LiveAccessLogs implements Source {
  readonly #options: AwsOptions;
  /** What decides on the engine. */
  readonly given: LogsGiven;
  readonly #credentials: Settings["credentials"] | undefined;
  #bucket: LogBucket | null = null;

  constructor(options: AwsOptions, given: LogsGiven = {}, credentials?: Settings["credentials"]) {
    this.#options = options;
    this.given = given;
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
    const engine = engineOf(log, bucket, this.given);
    const to = this.#options;
    const folderIn = (name: string) => `s3://${name}/${folderOf(loadBalancer, { prefix })}`.replace(/\/+$/, "");
    // Each client of AWS is loaded only where it is used: a folder needs nothing of AWS.
    switch (engine.kind) {
      case "folder":
        return this.#readFiles(log, id, spans, await filesIn(engine.folder, log, id, spans));
      case "s3":
        return this.#readBucket(log, loadBalancer, { bucket: engine.bucket, prefix }, spans);
      case "insights": {
        const { LogInsights } = await import("./insights.ts");
        const insights = new LogInsights(to, this.#credentials);
        const group = await insights.groupOf(log, loadBalancer);
        if (group === null) return UNDELIVERED;
        return this.#query("insights", log, insights, async (signal) => {
          const counted = aggregate(log, id, spans);
          const take = (line: string) => counted.add(line);
          for (const span of spans) await insights.read({ log, id, group }, span, { signal, take });
          return counted;
        });
      }
      case "athena":
      case "athena-found": {
        const { Athena } = await import("./athena.ts");
        const athena = new Athena(this.given.athenaWorkgroup, to, this.#credentials);
        const query = (tableOf: () => Promise<TableName>) =>
          this.#query("athena", log, athena, async (signal) =>
            athena.read(log, await tableOf(), loadBalancer, spans, signal),
          );
        if (engine.kind === "athena") return query(async () => engine.table);
        if (log === "requests") return query(() => athena.find(log, folderIn(engine.bucket)));
        // Hardly anybody has tables of the other two, and their files are small: without one, or leave to look, these are read.
        const table = await athena.find(log, folderIn(engine.bucket)).catch(() => null);
        if (table === null) return this.#readBucket(log, loadBalancer, { bucket: engine.bucket, prefix }, spans);
        return query(async () => table);
      }
    }
  }

  async #readBucket(
    log: Log,
    loadBalancer: string,
    place: { readonly bucket: string; readonly prefix: string },
    spans: readonly Span[],
  ): Promise<LogsAnswer> {
    const to = this.#options;
    const { LogBucket } = await import("./s3.ts");
    this.#bucket ??= new LogBucket(to, this.#credentials);
    const { files, bytes } = await this.#bucket.files(log, loadBalancer, place, spans);
    const usd = ((bytes / MEGABYTE) * PRICES.files.usd).toFixed(5);
    to.waiting?.(`reading the ${WORDS[log]}: ${plural(files.length, "file")}, ${megabytes(bytes)}, at most ${usd} USD`);
    return this.#readFiles(log, partsOf(loadBalancer).id, spans, files);
  }

  /** What a service tells of lines, with what it scanned for it. Throws a Told where it has no line of these spans. */
  async #query(
    engine: "insights" | "athena",
    log: Log,
    scanned: { readonly bytes: number },
    read: (signal: AbortSignal) => Promise<Pick<Aggregate, "lines" | "unreadable" | "rows">>,
  ): Promise<LogsAnswer> {
    const { tally, waiting, limits, stop } = this.#options;
    const name = engine === "athena" ? "Athena" : "CloudWatch Logs Insights";
    waiting?.(`querying the ${WORDS[log]} with ${name}, which bills what it scans: some 5 USD a TB`);
    const billed = () => megabytesBilled({ engine, bytes: scanned.bytes });
    const late = new AbortController();
    const end = () =>
      late.abort(new Told("timeout", `${name} gave no complete answer within ${inSeconds(limits.whole)}`));
    const timer = setTimeout(end, limits.whole);
    let counted: Awaited<ReturnType<typeof read>>;
    try {
      // Each of its requests has a deadline of its own, and patience with a service that limits the rate.
      const signal = AbortSignal.any([...(stop ? [stop] : []), late.signal]);
      counted = await read(signal);
    } finally {
      clearTimeout(timer);
      // What was scanned is paid for, whatever came of it.
      if (scanned.bytes > 0) tally.bill("access-logs", billed(), PRICES[engine].unit);
    }
    const { lines, unreadable } = counted;
    if (lines === 0) throw new Told("missing", `${name} has no ${WORDS[log]} of these minutes`);
    const usd = (billed() * PRICES[engine].usd).toFixed(5);
    waiting?.(`read the ${WORDS[log]}: ${name} scanned ${megabytes(scanned.bytes)}, at most ${usd} USD`);
    return { read: { engine, objects: 0, bytes: scanned.bytes, lines, unreadable, broken: 0 }, rows: counted.rows() };
  }

  /** Ends where it is stopped, or where nothing moves for as long as a question may take. */
  async #readFiles(log: Log, id: string, spans: readonly Span[], files: readonly LogFile[]): Promise<LogsAnswer> {
    const { stop, waiting, tally, limits } = this.#options;
    let last = performance.now();
    const progress = (done: number, bytes: number) => {
      if (performance.now() - last < TOLD_EVERY || done === files.length) return;
      last = performance.now();
      waiting?.(`reading the ${WORDS[log]}: ${done} of ${plural(files.length, "file")}, ${megabytes(bytes)}`);
    };
    const stalled = new AbortController();
    const stall = () => stalled.abort(new Told("timeout", `the ${WORDS[log]} stopped coming`));
    let timer = setTimeout(stall, limits.question);
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(stall, limits.question);
    };
    const signal = AbortSignal.any([...(stop ? [stop] : []), stalled.signal]);
    const reading = { log, loadBalancer: id, spans, files, signal, isBroken, moved, progress };
    const answer = await readFiles(reading).finally(() => clearTimeout(timer));
    tally.bill("access-logs", Math.ceil(answer.read.bytes / MEGABYTE), PRICES.files.unit);
    return answer;
  }
}

/** Of a log that CloudWatch Logs does not get: no line, as only one that is off has; see #query(). */
const UNDELIVERED: LogsAnswer = {
  read: { engine: "insights", objects: 0, bytes: 0, lines: 0, unreadable: 0, broken: 0 },
  rows: [],
};

/** A file that is damaged, or was cut while it was written: the others are read. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^Z_|^ERR_BUFFER/.test(String(error.code));
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
