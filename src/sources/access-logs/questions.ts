import type { Input, Parsed, Typed } from "../../model/question.ts";
import { iso, type Span } from "../../model/time.ts";
import { held, items, name } from "../parse.ts";
import * as z from "../zod.ts";
import { BUCKETS } from "./histogram.ts";

/*
 * What is asked of a load balancer's logs. There are three logs, and so three operations: `requests` (access log),
 * `connections` (connection log) and `checks` (health-check log). Their answers have one form, whichever engine reads the
 * log (the files themselves, CloudWatch Logs Insights, Athena): rows that count, never lines. No query string, no user
 * agent as it was sent, no header and no body is in an answer.
 */

/** The three logs, by the operation that reads them. */
export const LOGS = ["requests", "connections", "checks"] as const;
export type Log = (typeof LOGS)[number];

/** By what a row is cut out of its span; each cut of a span adds up to the span's `all` (see `REST`). */
export const CUTS = {
  /**
   * requests: `all` [], `minute` [ISO minute], `target` [IP:port], `path` [method, template], `rule` [priority],
   * `client` [address], `agent` [family], `size` [class], `type` [type], `made` [signature, target, reason],
   * `target-path` [IP:port, method, template].
   */
  requests: ["all", "minute", "target", "path", "rule", "client", "agent", "size", "type", "made", "target-path"],
  /** connections: `all` [], `minute` [ISO minute], `client` [address], `failure` [TLS verify status, listener port, protocol]. */
  connections: ["all", "minute", "client", "failure"],
  /** checks: `all` [], `minute` [ISO minute], `target` [IP:port], `failure` [IP:port, status code, reason code]. */
  checks: ["all", "minute", "target", "failure"],
} as const satisfies { readonly [log in Log]: readonly string[] };
export type Cut = (typeof CUTS)[Log][number];

/** The key of the row in which what was left out of a cut is added up: the list is cut at its largest rows. */
export const REST = "…";

/** Classes of `received_bytes`, which are the request's headers and body: the largest of each in bytes, and its name. */
export const SIZE_CLASSES = [
  [2_048, "up to 2 KB"],
  [16_384, "up to 16 KB"],
  [131_072, "up to 128 KB"],
  [1_048_576, "up to 1 MB"],
  [8_388_608, "up to 8 MB"],
  [Number.POSITIVE_INFINITY, "more than 8 MB"],
] as const;

/**
 * One row: how many lines of the log are in one span, of one target group, with one key.
 *
 * A line belongs to the span and minute of its `time`: for a request when the load balancer answered (a WebSocket: when
 * it ended), as CloudWatch counts it.
 */
export interface LogRow {
  /** The span of the question, counted from 0. */
  readonly span: number;
  /**
   * The target group, as CloudWatch names it ("targetgroup/name/0123456789abcdef"); of checks its name as the log has it;
   * "-" where the load balancer chose none, as for a redirect, and for every connection.
   */
  readonly group: string;
  readonly cut: Cut;
  /**
   * What the row is of; see CUTS. In a request's key:
   * - target: "10.0.3.7:8080" (ip mode: the pod; instance mode: node and NodePort; Lambda and "not sent anywhere": "-");
   * - template: the path without its query; segments that are ids are "*" (pathTemplate());
   * - signature, of an answer of 400 or more that no target gave (target_status_code is "-"): request, target and response
   *   processing time, status, "-". Each time is -1 where the log has -1, else 0; the target's time is whole seconds. So
   *   "-1 -1 -1 502 -" (never sent, or the connection broke), "0 60 -1 504 -" (the idle timeout passed),
   *   "0 12 -1 460 -" (the client closed first), "-1 -1 -1 503 -" (no target);
   * - reason: the error_reason; where there is none the action that answered ("fixed-response"); else "-".
   */
  readonly key: readonly string[];
  /** Lines: requests, connections or checks. */
  readonly count: number;
  /** requests: the target answered 5xx. connections: the TLS handshake failed. checks: failed. */
  readonly failed: number;
  /** requests: the load balancer answered 5xx by itself. Else 0. */
  readonly made: number;
  /** requests: the client closed first (460). Else 0. */
  readonly gaveUp: number;
  /** Milliseconds, all together, of the times counted in `times`. */
  readonly sum: number;
  /**
   * How many had which time; see bucketOf(). Trailing zeros are left out. requests: target_processing_time, where it is not
   * -1. connections: tls_handshake_latency, where there is one. checks: latency.
   */
  readonly times: readonly number[];
}

/** What was read for an answer. */
export interface LogsRead {
  /** "files": the log files themselves, in S3 or in a folder. */
  readonly engine: "files" | "insights" | "athena";
  /** Objects or files that were read; 0 where the engine does not say. */
  readonly objects: number;
  /** Bytes that were fetched or scanned, packed as they lie there. */
  readonly bytes: number;
  readonly lines: number;
  /** Lines that are no lines of this log. */
  readonly unreadable: number;
  /** Files that ended before their end, or could not be opened. */
  readonly broken: number;
}

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
    ...(broken > 0 ? [`${broken} files end before their end`] : []),
  ];
}
