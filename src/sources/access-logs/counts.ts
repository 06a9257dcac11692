import { bucketOf } from "../../model/histogram.ts";
import { type Cut, type LogRow, REST } from "./questions.ts";
import { flat } from "./remembered.ts";

/** What is counted of one key. */
export interface Counted {
  count: number;
  failed: number;
  made: number;
  gaveUp: number;
  sum: number;
  times: number[];
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
/** Keys of two parts that are remembered at once. */
const PAIRS = 20_000;
/** Between the parts of a key while it is counted; no field of a log holds it. */
const SEPARATOR = "\n";

type Keys = Map<string, Counted>;
type Cell = Map<Cut, Keys>;

/**
 * Counts keys of spans and target groups in bounded memory. Where there are more keys than it holds, the rarest go into
 * REST: what makes up more than one in KEPT of its cell is never lost, though what it had before may be (lossy counting).
 */
export class Counts {
  /** The cells of each span by their group. */
  readonly #spans: Map<string, Cell>[] = [];
  #held = 0;

  /** All that is counted of one span and group. */
  cell(span: number, group: string): Cell {
    while (this.#spans.length <= span) this.#spans.push(new Map());
    const cells = this.#spans[span] as Map<string, Cell>;
    let cell = cells.get(group);
    if (cell === undefined) {
      cell = new Map();
      cells.set(flat(group), cell);
    }
    return cell;
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
    for (const [span, cells] of this.#spans.entries())
      for (const [group, cell] of [...cells].sort(byName))
        for (const [cut, keys] of [...cell].sort(byName))
          for (const [key, counted] of told(keys, TOLD[cut])) rows.push({ span, group, cut, key, ...counted });
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
      keys.set(flat(key), counted);
      this.#held += 1;
    }
    return counted;
  }

  #prune(): void {
    // Where every cell is small and there are too many of them, all of them are cut further.
    for (let kept = KEPT; this.#held > HELD / 2 && kept >= 1; kept /= 4)
      for (const cells of this.#spans)
        for (const cell of cells.values())
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
export function keyOf(first: string, ...others: readonly string[]): string {
  let key = first;
  for (const one of others) key += SEPARATOR + one;
  return key;
}

/** Keys of two parts each, made once: a text that was looked up before is found several times as fast as a new one. */
export class Pairs {
  readonly #known = new Map<string, Map<string, string>>();
  #held = 0;

  keyOf(first: string, second: string): string {
    const known = this.#known.get(first)?.get(second);
    if (known !== undefined) return known;
    if (this.#held >= PAIRS) this.#known.clear();
    this.#held = this.#known.size === 0 ? 1 : this.#held + 1;
    const beside = this.#known.get(first) ?? new Map<string, string>();
    const key = flat(keyOf(first, second));
    this.#known.set(flat(first), beside.set(flat(second), key));
    return key;
  }
}

/** The rows of one cut: at most so many by each measure, then the rest as one. */
function told(keys: ReadonlyMap<string, Counted>, most = Number.POSITIVE_INFINITY): [string[], Counted][] {
  const all = [...keys].filter(([key]) => key !== REST);
  const chosen = new Set<Keyed>();
  for (const measure of [
    byCount,
    ({ sum }: Counted) => sum,
    ({ failed, made, gaveUp }: Counted) => failed + made + gaveUp,
  ])
    for (const one of largest(all, measure, most)) chosen.add(one);
  const rest = nothing();
  const before = keys.get(REST);
  if (before) addTo(rest, before);
  for (const one of all) if (!chosen.has(one)) addTo(rest, one[1]);
  const rows = largest([...chosen], byCount, chosen.size).map(([key, counted]): [string[], Counted] => [
    key === "" ? [] : key.split(SEPARATOR),
    counted,
  ]);
  return rest.count > 0 ? [...rows, [[REST], rest]] : rows;
}

type Keyed = readonly [string, Counted];
type Measure = (one: Counted) => number;

function byCount({ count }: Counted): number {
  return count;
}

/** The keys that are most by a measure, the most first; not those that have nothing of it. */
function largest(all: readonly Keyed[], measure: Measure, most: number): Keyed[] {
  const order = ([a, one]: Keyed, [b, other]: Keyed) => measure(other) - measure(one) || (a < b ? -1 : 1);
  if (all.length <= most) return all.filter(([, one]) => measure(one) > 0).sort(order);
  // Of many keys few are told: to sort all of them would take longer than to look at each once.
  const found: Keyed[] = [];
  for (const one of all) {
    const last = found[most - 1];
    if (measure(one[1]) === 0 || (last !== undefined && order(last, one) < 0)) continue;
    if (last !== undefined) found.pop();
    const at = found.findIndex((other) => order(one, other) < 0);
    found.splice(at === -1 ? found.length : at, 0, one);
  }
  return found;
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
  const bucket = time < BUCKET.length ? (BUCKET[time] ?? 0) : bucketOf(time);
  if (counted.times.length === 0) counted.times = new Array<number>(bucket + 1).fill(0);
  const { times } = counted;
  while (times.length <= bucket) times.push(0);
  times[bucket] = (times[bucket] ?? 0) + 1;
}

/** The buckets of the times that nearly all requests take. */
const BUCKET = Uint8Array.from({ length: 65_536 }, (_, milliseconds) => bucketOf(milliseconds));

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
