import { BUCKETS } from "../../model/histogram.ts";
import { CUTS, type Cut, LOGS, type Log, type LogRow, type LogsRead, REST } from "../../model/logs.ts";
import type { Input, Parsed, Typed } from "../../model/question.ts";
import { iso, type Span } from "../../model/time.ts";
import { held, items, name } from "../parse.ts";
import * as z from "../zod.ts";

/*
 * What is asked of a load balancer's logs. There are three logs, and so three operations: `requests` (access log),
 * `connections` (connection log) and `checks` (health-check log). Their answers have one form, whichever engine reads the
 * log (the files themselves, CloudWatch Logs Insights, Athena): rows that count, never lines. No query string, no user
 * agent as it was sent, no header and no body is in an answer.
 */

export { type Cut, LOGS, type Log, type LogRow, type LogsRead, REST };

/** Classes of `received_bytes`, which are the request's headers and body: the largest of each in bytes, and its name. */
export const SIZE_CLASSES = [
  [2_048, "up to 2 KB"],
  [16_384, "up to 16 KB"],
  [131_072, "up to 128 KB"],
  [1_048_576, "up to 1 MB"],
  [8_388_608, "up to 8 MB"],
  [Number.POSITIVE_INFINITY, "more than 8 MB"],
] as const;

export interface LogsAnswer {
  readonly read: LogsRead;
  readonly rows: readonly LogRow[];
}

/** Where the load balancer writes a log, as its attributes say. */
export interface LogPlace {
  /** Null: not to S3. */
  readonly bucket: string | null;
  /** Empty: none. */
  readonly prefix: string;
}

const natural = z.int().check(z.nonnegative());
const read = z.object({
  engine: z.enum(["files", "insights", "athena"]),
  objects: natural,
  bytes: natural,
  lines: natural,
  unreadable: natural,
  broken: natural,
});

const REMEDIES = {
  forbidden:
    "agree to it with the --allow that is named; otherwise ask for the read permission that `lbdoctor plan` lists for this question",
  missing:
    "logs arrive some minutes after their requests, and a bucket rule may delete old ones: run it again, or give a folder with them (--logs DIR)",
  malformed:
    "look at the log itself, or give its files in a folder (--logs DIR); an Athena table must be as `lbdoctor explain access-log` makes it",
  timeout: "give a shorter --window, a folder with the files that matter (--logs DIR), or an Athena table (--athena)",
};

/**
 * How often what is in a log in these spans. The spans are told from the first to the last and do not overlap; what lies
 * between them is not counted.
 */
export function askLog(log: Log, loadBalancer: string, place: LogPlace, spans: readonly Span[]): Typed<LogsAnswer> {
  const input: Input = {
    loadBalancer,
    bucket: place.bucket,
    prefix: place.prefix,
    spans: spans.map(({ start, end }) => ({ start: iso(start), end: iso(end) })),
  };
  return {
    question: { source: "access-logs", operation: log, input },
    parse: (pages) => readAnswer(log, spans.length, pages),
    remedies: REMEDIES,
  };
}

function readAnswer(log: Log, spans: number, pages: readonly unknown[]): Parsed<LogsAnswer> {
  const page = held(z.object({ read, rows: z.array(z.unknown()) }), pages[0], "the answer");
  const row = z.object({
    span: natural.check(z.maximum(Math.max(0, spans - 1))),
    group: name,
    cut: z.enum(CUTS[log]),
    key: z.array(name).check(z.maxLength(3)),
    count: natural,
    failed: natural,
    made: natural,
    gaveUp: natural,
    sum: natural,
    times: z.array(natural).check(z.maxLength(BUCKETS)),
  });
  const { kept, flaws } = items(row, page.rows, "rows");
  return { value: { read: page.read, rows: kept }, flaws: [...flaws, ...readFlaws(page.read)] };
}

function readFlaws({ unreadable, lines, broken }: LogsRead): string[] {
  return [
    ...(unreadable > 0 ? [`${unreadable} of ${lines} lines could not be read`] : []),
    ...(broken > 0 ? [`${broken} files are truncated`] : []),
  ];
}
