import type { Random } from "../../simulator/random.ts";
import { UNSEEN } from "../obeyed.ts";

/*
 * Changes of JSON that keep most of its shape, so that they get past the first check: other values in a place, members that
 * go, come or change places, lists that grow or shrink. Everything is drawn from the given chance.
 */

type Parent = { [key: string]: unknown };

const NUMBERS = [
  0,
  -1,
  1,
  0.5,
  -0.5,
  2,
  1e9,
  -1e9,
  2 ** 31,
  2 ** 53,
  1e-320,
  1e100,
  -1e100,
  1e308,
  -1e308,
  -0,
  7.000001,
];

/** Names that an object has already, that nobody sees, that command, mention, link or break out. */
const NAMES = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "",
  " ",
  `n${UNSEEN}n`,
  "\u001b]0;t\u0007\u009b2J",
  "</script><img src=x onerror=alert(1)>",
  "[a](javascript:alert(1)) ![b](https://evil.example/c.png) https://evil.example",
  "@channel <!here> <@U012AB3CD> #12",
  "`````` | a | b |\n\n# h\n- l",
  '"; rm -rf / #$(id)\\',
  "x".repeat(300),
  "x".repeat(70_000),
  "a.b/c:d,e=f",
  "😀\ud800",
  "-",
];
const TIMES = [
  "1970-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "2026-13-45T99:99:99Z",
  "+275760-09-13T00:00:00Z",
  "2026-06-26T08:00:00.123456789+1400",
  "yesterday",
];
const FIGURES = [
  "0",
  "-1",
  "1e400",
  "-1e400",
  "0.0000001",
  "1e99",
  "+Inf",
  "2.5Gi",
  "-5m",
  "900E",
  "1e3m",
  "07",
  "0x10",
];

/** A value of any kind that JSON has. */
function anything(random: Random): unknown {
  const kind = random.integer(0, 9);
  if (kind < 3) return random.pick(NUMBERS);
  if (kind < 6) return random.pick([...NAMES, ...TIMES, ...FIGURES]);
  if (kind === 6) return random.pick([null, true, false]);
  if (kind === 7) return random.pick([[], {}, [null], [[]], [{}], { a: 1 }]);
  if (kind === 8) return nested(random.pick([3, 50, 198, 250]));
  return JSON.parse('{"__proto__": {"a": 1}, "constructor": "c", "toString": 5}');
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Another value in the place of this one, mostly of its kind. */
function instead(old: unknown, random: Random): unknown {
  if (random.chance(0.2)) return anything(random);
  if (typeof old === "number")
    return random.chance(0.3) ? old * random.pick([-1, 1e3, 1e-6, 1e60]) : random.pick(NUMBERS);
  if (typeof old === "string") {
    if (/^\d{4}-\d\d-\d\dT/.test(old)) return random.pick(TIMES);
    if (/^-?[\d.]+(e-?\d+)?[a-zA-Z]*$/.test(old)) return random.pick(random.chance(0.8) ? FIGURES : NAMES);
    return random.chance(0.2) ? old + random.pick(NAMES) : random.pick(NAMES);
  }
  if (typeof old === "boolean") return !old;
  return anything(random);
}

/** Changes one place of the value, in place; the value itself is never replaced. */
export function mutate(value: unknown, random: Random): void {
  let parent = value;
  for (let depth = 0; depth < 60; depth += 1) {
    if (typeof parent !== "object" || parent === null) return;
    const keys = Object.keys(parent);
    const key = keys[random.integer(0, Math.max(0, keys.length - 1))];
    const child = key === undefined ? undefined : (parent as Parent)[key];
    const deeper = typeof child === "object" && child !== null && Object.keys(child).length > 0;
    if (!deeper || random.chance(0.08)) {
      change(parent as Parent, key, child, random);
      return;
    }
    parent = child;
  }
}

function change(parent: Parent, key: string | undefined, child: unknown, random: Random): void {
  if (Array.isArray(parent)) changeList(parent, random);
  if (key === undefined) return;
  const kind = random.integer(0, 9);
  if (kind < 6) put(parent, key, instead(child, random));
  else if (kind === 6) delete parent[key];
  else if (kind === 7) put(parent, random.pick(NAMES), child);
  else if (kind === 8) put(parent, random.pick(NAMES), anything(random));
  else put(parent, random.pick([key, ...Object.keys(parent)]), structuredClone(child));
}

function changeList(list: unknown[], random: Random): void {
  const kind = random.integer(0, 11);
  if (kind === 0) list.length = 0;
  else if (kind === 1) list.length = Math.floor(list.length / 2);
  else if (kind === 2) list.reverse();
  else if (kind === 3) list.push(...structuredClone(list.slice(0, 200)));
  else if (kind === 4) list.push(anything(random));
  else if (kind === 5) {
    const one = instead(list[0], random);
    for (let index = 0; index < list.length; index += 1) list[index] = structuredClone(one);
  } else if (kind === 6 && list.length > 0) {
    const one = list[random.integer(0, list.length - 1)];
    for (let more = 0; more < random.pick([5, 60, 400]) && (JSON.stringify(one) ?? "").length < 2_000; more += 1)
      list.push(structuredClone(one));
  }
}

/** As JSON.parse does it: "__proto__" is a member like any other. */
function put(parent: Parent, key: string, value: unknown): void {
  if (Array.isArray(parent) && !/^\d+$/.test(key)) return;
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A name that stands somewhere in the texts, and one to stand in its place everywhere. */
export function renaming(texts: string, random: Random): readonly [from: string, to: string] | null {
  const names = texts.match(/"[a-z]\w*[./:-][\w./:-]{4,80}"/g) ?? [];
  if (names.length === 0) return null;
  return [random.pick(names).slice(1, -1), JSON.stringify(random.pick(NAMES)).slice(1, -1)];
}

/** The text with bytes that are wrong, missing, doubled or too many. */
export function mutateText(text: string, random: Random): string {
  const at = random.integer(0, text.length);
  const kind = random.integer(0, 5);
  if (kind === 0) return text.slice(0, at);
  if (kind === 1)
    return text.slice(0, at) + random.pick(['"', "{", "]", ",", "\u0000", "\\", "é", "1e999"]) + text.slice(at);
  if (kind === 2) return text.slice(0, at) + text.slice(at + random.integer(1, 20));
  if (kind === 3)
    return text.slice(0, at) + random.pick(["[", '{"a":']).repeat(random.pick([150, 300_000])) + text.slice(at);
  if (kind === 4) return `${text}${text}`;
  return text.slice(0, at) + random.pick(NAMES) + text.slice(at);
}
