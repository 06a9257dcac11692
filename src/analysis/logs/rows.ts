import { addedUp } from "../../model/histogram.ts";
import { type Cut, type LogRow, REST, type ReadLog } from "../../model/logs.ts";

/** Which of the spans: all episodes, all quiet stretches, or one episode by its id. */
export type Where = "episodes" | "quiet" | number;

/** What the rows of one key come to. */
export type Tallied = Pick<LogRow, "key" | "count" | "failed" | "made" | "gaveUp" | "sum" | "times">;

/** The rows of a cut by their key, added up over spans and, without a group, over target groups; the most frequent first. */
export function logRows(log: ReadLog, cut: Cut, where: Where, group?: string): Tallied[] {
  const byKey = new Map<string, LogRow[]>();
  for (const row of log.rows) {
    if (row.cut !== cut || (group !== undefined && row.group !== group) || !isIn(log, row, where)) continue;
    const key = row.key.join("\n");
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey.values()].map(together).sort((a, b) => b.count - a.count);
}

/** The same without the row that holds what was left out. */
export function namedRows(log: ReadLog, cut: Cut, where: Where, group?: string): Tallied[] {
  return logRows(log, cut, where, group).filter(({ key }) => key[0] !== REST);
}

/** Classes of uploads: a request without a body, and nearly every form and call of an API, is smaller. */
const UPLOADS: readonly string[] = ["up to 1 MB", "up to 8 MB", "more than 8 MB"];

/** Requests with bodies of more than 128 KB, by their class. */
export function uploadRows(log: ReadLog, where: Where, group?: string): Tallied[] {
  return namedRows(log, "size", where, group).filter(({ key }) => UPLOADS.includes(key[0] ?? ""));
}

/** All of them together; null where there is no line. */
export function wholeLog(log: ReadLog, where: Where, group?: string): Tallied | null {
  const rows = logRows(log, "all", where, group);
  return rows.length === 0 ? null : together(rows);
}

export function together(rows: readonly Tallied[]): Tallied {
  const sum = (of: (row: Tallied) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    key: rows[0]?.key ?? [],
    count: sum(({ count }) => count),
    failed: sum(({ failed }) => failed),
    made: sum(({ made }) => made),
    gaveUp: sum(({ gaveUp }) => gaveUp),
    sum: sum((row) => row.sum),
    times: addedUp(rows.map(({ times }) => times)),
  };
}

/** All but one part of it. */
export function without(all: Tallied, part: Tallied): Tallied {
  return {
    key: [],
    count: all.count - part.count,
    failed: all.failed - part.failed,
    made: all.made - part.made,
    gaveUp: all.gaveUp - part.gaveUp,
    sum: all.sum - part.sum,
    times: all.times.map((count, bucket) => count - (part.times[bucket] ?? 0)),
  };
}

/** Seconds that a request takes in the target on average; null where none reached one. */
export function meanTime({ sum, times }: Tallied): number | null {
  const timed = times.reduce((all, count) => all + count, 0);
  return timed === 0 ? null : sum / timed / 1000;
}

/** Seconds of the spans, all together. */
export function secondsOf({ spans }: ReadLog, where: Where): number {
  return spans.reduce((all, { span, episode }) => (fits(episode, where) ? all + span.end - span.start : all), 0);
}

/** The episodes that were read. */
export function episodesRead({ spans }: ReadLog): number[] {
  return spans.flatMap(({ episode }) => episode ?? []);
}

/** The target groups for which the load balancer made 5xx in the episodes, the most first. */
export function madeByGroup(log: ReadLog): { readonly group: string; readonly made: number; readonly share: number }[] {
  const groups = [...new Set(log.rows.map(({ group }) => group))];
  const counts = groups.map((group) => ({ group, made: wholeLog(log, "episodes", group)?.made ?? 0 }));
  const all = counts.reduce((sum, { made }) => sum + made, 0);
  return counts
    .filter(({ made }) => made > 0)
    .sort((a, b) => b.made - a.made)
    .map(({ group, made }) => ({ group, made, share: made / all }));
}

/** A target group as a log names it: the end of its ARN. */
export function logGroup(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}

function isIn({ spans }: ReadLog, { span }: LogRow, where: Where): boolean {
  const read = spans[span];
  return read !== undefined && fits(read.episode, where);
}

function fits(episode: number | null, where: Where): boolean {
  if (where === "quiet") return episode === null;
  return where === "episodes" ? episode !== null : episode === where;
}
