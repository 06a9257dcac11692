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
  // ±8.64e12 s is the widest range that Date (and so iso()) can show.
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) throw new RangeError(`not a time: ${String(value)}`);
  return seconds;
}

function parseIso(value: unknown): number {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(withColon(value)) : Number.NaN;
}

/** CloudWatch writes zones as "+0000" in HistoryData; Date.parse wants "+00:00". */
function withColon(value: string): string {
  // Nearly all times are in UTC and end with "Z", and a recording has thousands.
  return value.endsWith("Z") ? value : value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
}
