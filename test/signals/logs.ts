import { bucketOf } from "../../src/model/histogram.ts";
import type { Cut, LogRow, ReadLog } from "../../src/model/logs.ts";

/** Of so many requests, what each took in seconds. */
export type Taken = readonly (readonly [requests: number, seconds: number])[];

/** Two episodes of ten minutes (spans 0 and 1), and as long a quiet stretch (span 2). */
const SPANS: ReadLog["spans"] = [
  { span: { start: 10_000, end: 10_600 }, episode: 1 },
  { span: { start: 20_000, end: 20_600 }, episode: 2 },
  { span: { start: 15_000, end: 16_200 }, episode: null },
];
const GROUP = "shop";

export const row = (
  span: number,
  cut: Cut,
  key: readonly string[],
  taken: Taken,
  more: Partial<Pick<LogRow, "failed" | "made" | "gaveUp" | "group">> = {},
): LogRow => {
  const times: number[] = [];
  for (const [requests, seconds] of taken) {
    const bucket = bucketOf(1000 * seconds);
    while (times.length <= bucket) times.push(0);
    times[bucket] = (times[bucket] ?? 0) + requests;
  }
  const count = taken.reduce((all, [requests]) => all + requests, 0);
  const sum = taken.reduce((all, [requests, seconds]) => all + requests * seconds * 1000, 0);
  return { span, group: GROUP, cut, key, count, failed: 0, made: 0, gaveUp: 0, sum, times, ...more };
};

/** An access log that holds these rows, of the target group that suspect("shop") names. */
export const requestLog = (...rows: readonly LogRow[]): { "request-log": ReadLog } => ({
  "request-log": {
    read: { engine: "files", objects: 1, bytes: 1, lines: 1, unreadable: 0, broken: 0 },
    spans: SPANS,
    rows,
  },
});

/** One part of the requests and all others, in the first episode and in the quiet stretch. */
export const parted = (
  cut: "path" | "size",
  name: readonly string[],
  [own, others]: readonly [Taken, Taken],
  [ownQuiet, othersQuiet]: readonly [Taken, Taken] = [[], []],
) =>
  requestLog(
    row(0, "all", [], [...own, ...others]),
    row(0, cut, name, own),
    row(0, cut, ["other", "other"], others),
    ...(ownQuiet.length + othersQuiet.length > 0 ? [row(2, "all", [], [...ownQuiet, ...othersQuiet])] : []),
    ...(ownQuiet.length > 0 ? [row(2, cut, name, ownQuiet)] : []),
    ...(othersQuiet.length > 0 ? [row(2, cut, ["other", "other"], othersQuiet)] : []),
  );

/** A health-check log that holds these rows. */
export const checkLog = (...rows: readonly LogRow[]): { "check-log": ReadLog } => ({
  "check-log": requestLog(...rows)["request-log"],
});
