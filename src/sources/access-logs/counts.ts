import { bucketOf } from "../../model/histogram.ts";
import { type Cut, type LogRow, REST } from "./questions.ts";

/** What is counted of one key. */
export interface Counted {
  count: number;
  failed: number;
  made: number;
  gaveUp: number;
  sum: number;
  readonly times: number[];
}

/** One line, as far as it is counted. */
export interface Counting {
  readonly failed: boolean;
  readonly made: boolean;
  readonly gaveUp: boolean;
  /** Milliseconds; negative where the line has none. */
  readonly time: number;
}

/**
 * Rows of each cut that are told for one span and target group: so many of the most frequent, of those that took most time
 * together, and of those that failed most; the others are one row, REST.
 */
export const TOLD: { readonly [cut in Cut]?: number } = {
  target: 100,
  path: 20,
  rule: 10,
  client: 10,
  agent: 8,
  made: 30,
  "target-path": 30,
  failure: 30,
};
/** Keys that are held at once, of all spans, groups and cuts: some 50 MB. */
const HELD = 80_000;
/** Keys that a cut keeps of one span and group when there are more than that. */
const KEPT = 256;
/** Between the parts of a key while it is counted; no field of a log holds it. */
const SEPARATOR = "\n";

type Keys = Map<string, Counted>;
type Cell = Map<Cut, Keys>;

/**
 * Counts keys of spans and target groups in bounded memory. Where there are more keys than it holds, the rarest go into
 * REST: what makes up more than one in KEPT of its cell is never lost, though what it had before may be (lossy counting).
 */
export class Counts {
  readonly #cells = new Map<string, Cell>();
  #held = 0;

  /** All that is counted of one span and group; keep it for the next line of the same. */
  cell(span: number, group: string): Cell {
    const name = `${span} ${group}`;
    const known = this.#cells.get(name);
    if (known) return known;
    const made: Cell = new Map();
    this.#cells.set(flat(name), made);
    return made;
  }

  add(cell: Cell, cut: Cut, key: string, line: Counting): void {
    const counted = this.#counted(cell, cut, key);
    counted.count += 1;
    if (line.failed) counted.failed += 1;
    if (line.made) counted.made += 1;
    if (line.gaveUp) counted.gaveUp += 1;
    if (line.time >= 0) count(counted, line.time);
    if (this.#held > HELD) this.#prune();
  }

  /** Adds what has been counted of a key elsewhere. */
  merge(cell: Cell, cut: Cut, key: string, counted: Readonly<Counted>): void {
    addTo(this.#counted(cell, cut, key), counted);
    if (this.#held > HELD) this.#prune();
  }

  /** The rows, the most frequent of each cut first. */
  rows(): LogRow[] {
    const rows: LogRow[] = [];
    const names = [...this.#cells.keys()].sort(byCell);
    for (const name of names) {
      const [span, group] = cellOf(name);
      for (const [cut, keys] of [...(this.#cells.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)))
        for (const [key, counted] of told(keys, TOLD[cut])) rows.push({ span, group, cut, key, ...counted });
    }
    return rows;
  }

  #counted(cell: Cell, cut: Cut, key: string): Counted {
    let keys = cell.get(cut);
    if (keys === undefined) {
      keys = new Map();
      cell.set(cut, keys);
    }
    let counted = keys.get(key);
    if (counted === undefined) {
      counted = nothing();
      // A slice would keep the whole text alive that it is cut from.
      keys.set(flat(key), counted);
      this.#held += 1;
    }
    return counted;
  }

  #prune(): void {
    // Where every cell is small and there are too many of them, all of them are cut further.
    for (let kept = KEPT; this.#held > HELD / 2 && kept >= 1; kept /= 4)
      for (const cell of this.#cells.values())
        for (const keys of cell.values()) if (keys.size > kept) this.#shorten(keys, kept);
  }

  #shorten(keys: Keys, kept: number): void {
    const before = keys.size;
    const rest = keys.get(REST) ?? nothing();
    const ordered = [...keys].filter(([key]) => key !== REST).sort(([, a], [, b]) => b.count - a.count);
    for (const [key, counted] of ordered.slice(kept)) {
      addTo(rest, counted);
      keys.delete(key);
    }
    keys.set(REST, rest);
    this.#held -= before - keys.size;
  }
}

/** Parts of a key as one text. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join(SEPARATOR);
}

/** The rows of one cut: at most so many by each measure, then the rest as one. */
function told(keys: ReadonlyMap<string, Counted>, most = Number.POSITIVE_INFINITY): [string[], Counted][] {
  const all = [...keys].filter(([key]) => key !== REST);
  const chosen = new Set<string>();
  for (const measure of [
    ({ count }: Counted) => count,
    ({ sum }: Counted) => sum,
    ({ failed, made, gaveUp }: Counted) => failed + made + gaveUp,
  ]) {
    const ordered = all.filter(([, one]) => measure(one) > 0).sort(byMeasure(measure));
    for (const [key] of ordered.slice(0, most)) chosen.add(key);
  }
  const rest = nothing();
  const before = keys.get(REST);
  if (before) addTo(rest, before);
  const rows: [string[], Counted][] = [];
  for (const [key, counted] of all.sort(byMeasure(({ count }) => count)))
    if (chosen.has(key)) rows.push([key === "" ? [] : key.split(SEPARATOR), counted]);
    else addTo(rest, counted);
  return rest.count > 0 ? [...rows, [[REST], rest]] : rows;
}

type Keyed = readonly [string, Counted];
function byMeasure(measure: (one: Counted) => number) {
  return ([a, one]: Keyed, [b, other]: Keyed) => measure(other) - measure(one) || (a < b ? -1 : 1);
}

function nothing(): Counted {
  return { count: 0, failed: 0, made: 0, gaveUp: 0, sum: 0, times: [] };
}

function addTo(all: Counted, one: Omit<Counted, "times"> & { readonly times: readonly number[] }): void {
  all.count += one.count;
  all.failed += one.failed;
  all.made += one.made;
  all.gaveUp += one.gaveUp;
  all.sum += one.sum;
  while (all.times.length < one.times.length) all.times.push(0);
  for (const [bucket, count] of one.times.entries()) all.times[bucket] = (all.times[bucket] ?? 0) + count;
}

function count(counted: Counted, time: number): void {
  counted.sum += time;
  const { times } = counted;
  const bucket = time < BUCKET.length ? (BUCKET[time] ?? 0) : bucketOf(time);
  while (times.length <= bucket) times.push(0);
  times[bucket] = (times[bucket] ?? 0) + 1;
}

/** The buckets of the times that nearly all requests take. */
const BUCKET = Uint8Array.from({ length: 65_536 }, (_, milliseconds) => bucketOf(milliseconds));

/** The same text, which keeps no other alive. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

function cellOf(name: string): [number, string] {
  const space = name.indexOf(" ");
  return [Number(name.slice(0, space)), name.slice(space + 1)];
}

function byCell(a: string, b: string): number {
  const [[one, first], [other, second]] = [cellOf(a), cellOf(b)];
  return one - other || (first < second ? -1 : 1);
}
