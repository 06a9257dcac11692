import { epoch, iso } from "../../src/model/time.ts";

/*
 * Answers that are well-formed and wrong: what a server with a defect, a proxy that means well or a clock that is off makes
 * of a page.
 */

/** Seconds by which the times of a server are off whose clock is. */
const SHIFT = 300;
/** Beyond anything that is counted or measured, and still a number. */
const ENORMOUS = 1e30;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A point of a Prometheus series: when, and the figure as text. */
type Point = readonly [at: number, figure: string];

/** What becomes of the parts of a page; what is not named stays. Lists are changed before what stands in them. */
interface Change {
  readonly list?: (list: readonly unknown[]) => readonly unknown[];
  readonly number?: (value: number) => unknown;
  readonly time?: (text: string) => string;
  readonly point?: (point: Point) => unknown;
  readonly object?: (value: object) => object;
}

const CHANGES = {
  "wrong-types": { list: (list) => list.map(() => 7) },
  "empty-list": { list: () => [] },
  nulls: { list: (list) => list.map(() => null) },
  /** The newest first, or the last page before the first. */
  reversed: { list: (list) => (isOfWords(list) ? list : [...list].reverse()) },
  doubled: { list: (list) => (isOfWords(list) ? list : list.flatMap((one) => [one, one])) },
  /** Of series, pods and targets every second one. */
  halved: { list: (list) => (list.every(isObject) ? everySecond(list) : list) },
  /** Of every series every second point. */
  gappy: { list: (list) => (isOfWords(list) || list.every(isObject) ? list : everySecond(list)) },
  shifted: {
    time: (text) => iso(epoch(text) + SHIFT),
    point: ([at, figure]) => [at + SHIFT, figure],
  },
  negative: { number: (value) => -1 - Math.abs(value), point: ([at, figure]) => [at, `-1${figure}`] },
  enormous: { number: () => ENORMOUS, point: ([at]) => [at, String(ENORMOUS)] },
  /** As the JSON of AWS and the text of Prometheus write it. */
  nan: { number: () => "NaN", point: ([at]) => [at, "NaN"] },
  /** Members of a version to come; maps of labels and of texts have none. */
  strangers: { object: (value) => (isMap(value) ? value : { ...value, stranger: { of: ["a", 7, null] } }) },
} as const satisfies { readonly [fault: string]: Change };
export type Spoiled = keyof typeof CHANGES;
export const SPOILED = Object.keys(CHANGES) as Spoiled[];

/** The page with what the fault makes of it; the same page for faults of another kind. */
export function spoiled(page: unknown, fault: string | null): unknown {
  return fault !== null && Object.hasOwn(CHANGES, fault) ? changed(page, CHANGES[fault as Spoiled]) : page;
}

function changed(value: unknown, change: Change): unknown {
  if (isPoint(value)) return change.point ? change.point(value) : value;
  if (Array.isArray(value)) return (change.list?.(value) ?? value).map((one: unknown) => changed(one, change));
  if (isObject(value)) {
    const inner = Object.entries(value).map(([key, one]) => [key, changed(one, change)]);
    const whole = Object.fromEntries(inner) as object;
    return change.object?.(whole) ?? whole;
  }
  if (typeof value === "number" && change.number) return change.number(value);
  return typeof value === "string" && change.time && TIME.test(value) ? change.time(value) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "number" && typeof value[1] === "string";
}

function isMap(value: object): boolean {
  return Object.values(value).every((one) => typeof one === "string");
}

/** Arguments and names, whose order and number are what they say. */
function isOfWords(list: readonly unknown[]): boolean {
  return list.some((one) => typeof one === "string" && !TIME.test(one));
}

function everySecond(list: readonly unknown[]): unknown[] {
  return list.filter((_, index) => index % 2 === 0);
}
