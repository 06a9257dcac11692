import { fact, type LogRow, type LogsRead, type Span } from "../../../src/playbook.ts";

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

export const requestLogFact = fact<ReadLog>("request-log", "the access log");
export const connectionLogFact = fact<ReadLog>("connection-log", "the connection log");
export const checkLogFact = fact<ReadLog>("check-log", "the health-check log");
