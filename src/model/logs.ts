import type { Span } from "./time.ts";

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

/**
 * What a query bills at most for a MB that it scans, in USD: 0.005 a GB or 5 a TB in most regions (Amazon CloudWatch pricing,
 * Logs Insights; Amazon Athena pricing); twice that is taken as the most.
 */
export const SCANNED_USD_PER_MEGABYTE = 0.00001;

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

const MEGABYTE = 10 ** 6;
/** MB that a query of Athena is billed for at least (Amazon Athena pricing). */
const LEAST_SCANNED = 10;

/** The MB that a service bills for what its queries scanned. */
export function megabytesBilled({ engine, bytes }: Pick<LogsRead, "engine" | "bytes">): number {
  return Math.max(engine === "athena" ? LEAST_SCANNED : 0, Math.ceil(bytes / MEGABYTE));
}

/** A stretch of time of which the logs are read. */
export interface ReadSpan {
  readonly span: Span;
  /** The episode that it is of; null: a quiet stretch. */
  readonly episode: number | null;
}

/** What a log tells of the episodes and of quiet stretches of the same length. */
export interface ReadLog {
  readonly read: LogsRead;
  /** By the number that a row has as its span. */
  readonly spans: readonly ReadSpan[];
  readonly rows: readonly LogRow[];
}
