/** Seconds since the Unix epoch. Every time inside lbdoctor is one of these; ISO 8601 is for input and output. */
export type Epoch = number;

/** A half-open stretch of time, [start, end). */
export interface Span {
  readonly start: Epoch;
  readonly end: Epoch;
}

/**
 * A regular time series: `values[i]` belongs to [start + i·step, start + (i+1)·step). `null` is "no datapoint", which is
 * not zero: CloudWatch publishes load balancer metrics only while there is traffic.
 */
export interface Series {
  readonly start: Epoch;
  /** Seconds between values. */
  readonly step: number;
  readonly values: readonly (number | null)[];
}

/** 1782460800 → "2026-06-26T08:00:00Z" */
export function iso(time: Epoch): string {
  return new Date(time * 1000).toISOString().replace(/\.000Z$/, "Z");
}

/** "2026-06-26T08:00:00Z", a number of seconds, or a Date as an SDK gives it. Throws a RangeError otherwise. */
export function epoch(value: unknown): Epoch {
  const seconds =
    typeof value === "number" ? value : value instanceof Date ? value.getTime() / 1000 : parseIso(value) / 1000;
  // Negated, so that NaN is none either. The value itself is not repeated: it may be anything, of any length.
  if (!(seconds >= EARLIEST && seconds <= LATEST)) throw new RangeError("not a time");
  return seconds;
}

/** The years that ISO 8601 writes with four digits, as all outputs do (RFC 3339, 5.6). */
const EARLIEST = Date.parse("0000-01-01T00:00:00Z") / 1000;
const LATEST = Date.parse("9999-12-31T23:59:59Z") / 1000;

function parseIso(value: unknown): number {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(withColon(value)) : Number.NaN;
}

/** CloudWatch writes zones as "+0000" in HistoryData; Date.parse wants "+00:00". */
function withColon(value: string): string {
  // Nearly all times are in UTC and end with "Z", and a recording has thousands.
  return value.endsWith("Z") ? value : value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
}
