import type { Facts } from "../model/facts.ts";
import type { Session } from "../model/session.ts";
import { Tokeniser } from "./tokeniser.ts";

/**
 * A session for eyes outside: names become stable tokens ("pod-2" is the same pod everywhere), so that it can still be
 * reasoned about. Names are taken from the facts and replaced wherever they occur, in free text too; what has the shape
 * of an account, an ARN, an address, a host or a mail address goes as well. Raw answers are dropped: a postmortem shows
 * none of them. Hides more than it has to rather than less.
 */
export function redacted(session: Session): Session {
  const names = namesIn(session);
  const replace = replacer(names, readable());
  const { exchanges, ...rest } = session;
  const clean = deep(rest, replace) as Omit<Session, "exchanges">;
  const opening = { ...clean.opening, id: idOf(session.opening.id) };
  return {
    ...clean,
    opening,
    // What was asked and whether it was answered still counts; questions and answers hold names.
    exchanges: exchanges.map(({ step, question, answer }, index) => ({
      key: String(index),
      step,
      question: { source: question.source, operation: question.operation, input: {} },
      answer: answer?.status === "answered" ? { status: "answered", pages: [] } : answer && deepAs(answer, replace),
    })),
  };
}

/** Readable tokens by kind ("pod-2"); a name keeps the kind by which it was met first. */
function readable(): (kind: string, written: string) => string {
  const tokeniser = new Tokeniser<string>();
  const kinds = new Map<string, string>();
  return (kind, written) => {
    // In a regular expression of PromQL the same name stands with backslashes.
    const name = written.replaceAll("\\", "");
    const first = kinds.get(name) ?? kind;
    kinds.set(name, first);
    return tokeniser.of(first, name, (number) => `${first}-${number}`);
  };
}

/** Shapes that are hidden wherever they occur, the widest first. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["arn", /\barn:[\w-]+:[\w-]+:[\w-]*:\d*:[^\s"',;)\]}]+/g],
  ["mail", /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g],
  ["host", /\b(?:[a-z0-9-]+\\*\.)+(?:com|net|org|io|dev|app|cloud|internal|local|lan|corp|intra|eu|uk|de|fr|us)\b/gi],
  ["address", /\b\d{1,3}(?:\\*\.\d{1,3}){3}\b/g],
  ["node", /\bip-\d{1,3}(?:-\d{1,3}){3}\b/g],
  ["address", /\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b/gi],
  ["instance", /\bi-[0-9a-f]{8,17}\b/g],
  ["account", /\b\d{12}\b/g],
];

/** Public names that look like hosts and name no one: prefixes of labels and annotations. */
const PUBLIC = /(?:^|\.)(?:kubernetes\.io|k8s\.io|k8s\.aws|x-k8s\.io|karpenter\.sh)$|^eks\.amazonaws\.com$/i;

function replacer(names: ReadonlyMap<string, string>, tokenOf: ReturnType<typeof readable>): (text: string) => string {
  const known = [...names.keys()].sort((a, b) => b.length - a.length);
  for (const name of names.keys()) tokenOf(names.get(name) ?? "name", name);
  const steps = stepsOf(known);
  return (text) => {
    const marked = steps.reduce((all, step) => step(all), text);
    const named = marked.replace(MARK, (mark) => {
      const written = known[placeOf(mark)];
      return written === undefined ? mark : tokenOf(names.get(written) ?? "name", written);
    });
    return SHAPES.reduce(
      (all, [kind, shape]) => all.replace(shape, (found) => (PUBLIC.test(found) ? found : tokenOf(kind, found))),
      named,
    );
  };
}

/**
 * Each name found is first its place in private-use characters, and a token only once all are found: a later step would find
 * a name such as "pod" in the token "pod-2".
 */
const EDGE = 0xf_0000;
const ZERO = EDGE + 1;
const MARK = /\u{f0000}[\u{f0001}-\u{f000a}]+\u{f0000}/gu;

function markOf(place: number): string {
  const digits = [...String(place)].map((digit) => ZERO + Number(digit));
  return String.fromCodePoint(EDGE, ...digits, EDGE);
}

function placeOf(mark: string): number {
  return Number(
    [...mark]
      .slice(1, -1)
      .map((digit) => (digit.codePointAt(0) ?? 0) - ZERO)
      .join(""),
  );
}

/** So many characters of a regular expression are compiled in any case; V8 refuses one of 100,000. */
const LARGEST = 8_000;

/** The longest names first, as many at a time as one expression may hold; what is longer than that is found as it stands. */
function stepsOf(names: readonly string[]): readonly ((text: string) => string)[] {
  const parts: { size: number; readonly names: string[] }[] = [];
  for (const name of names) {
    const size = literal(name).length;
    const last = parts.at(-1);
    if (last && last.size + size <= LARGEST) {
      last.size += size;
      last.names.push(name);
    } else parts.push({ size, names: [name] });
  }
  const marks = new Map(names.map((name, place) => [name, markOf(place)]));
  const marked = (found: string) => marks.get(found) ?? marks.get(found.replaceAll("\\", "")) ?? found;
  return parts.map(({ size, names: own }) => {
    const [only = ""] = own;
    if (size > LARGEST) return (text) => text.replaceAll(only, () => marked(only));
    // A dash is no part of the name: "shop" is hidden in "shop-worker" too.
    const pattern = new RegExp(`(?<!\\w)(?:${own.map(literal).join("|")})(?!\\w)`, "gu");
    return (text) => text.replace(pattern, marked);
  });
}

/** The name as a pattern, with or without the backslashes that it has inside PromQL. */
function literal(name: string): string {
  return name.replace(/[^\w]/gu, (character) => `\\\\*\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Every name of the session with its kind. Names of one or two characters would hide half of the prose. */
function namesIn({ facts, opening }: Session): Map<string, string> {
  const names = new Map<string, string>();
  const add = (kind: string, ...given: (string | null | undefined)[]) => {
    for (const name of given) if (name && name.length > 2 && !names.has(name)) names.set(name, kind);
  };
  add("alarm", opening.alarmName, facts.alarm?.name);
  add("load-balancer", facts.loadBalancer?.name);
  add("target-group", ...(facts.targetGroups ?? []).map(({ name }) => name));
  add("target-group", ...(facts.blame?.groups ?? []).map(({ name }) => name));
  add("ingress-group", ...(facts.targetGroups ?? []).map(({ tags }) => tags["ingress.k8s.aws/stack"]));
  workload(facts, add);
  if (facts.front) workload(facts.front, add);
  for (const { by } of facts.changes?.changes ?? []) add("caller", by?.name, by?.session);
  add(
    "changed",
    ...(facts.changes?.changes ?? []).flatMap(({ touches }) => touches.flatMap(({ id }) => [id, ...partsOf(id)])),
  );
  add("node", ...(facts.nodes ?? []).flatMap(({ name, instanceId }) => [name, instanceId]));
  add("address", ...(facts.nodes ?? []).map(({ ip }) => ip));
  add("target", ...(facts.topology?.targets ?? []).map(({ id }) => id));
  if (opening.source.kind === "live") {
    add("account", opening.source.account);
    add("context", opening.source.context);
  } else add("recording", opening.source.fixture);
  return names;
}

/** "arn:…:targetgroup/shop/0123" → "shop": what of an ARN is told by itself. */
function partsOf(id: string): string[] {
  return id
    .split("/")
    .slice(1)
    .filter((part) => !/^(?:app|net|gwy|[0-9a-f]{16})$/.test(part));
}

function workload(facts: Partial<Facts>, add: (kind: string, ...given: (string | null | undefined)[]) => void): void {
  const { workload: one, service, autoscaler, podCpu, rollouts } = facts;
  add("pod", ...(one?.pods ?? []).map(({ name }) => name), ...(podCpu?.pods ?? []).map(({ pod }) => pod));
  add("replica-set", ...(one?.replicaSets ?? []).map(({ name }) => name));
  add("image", ...(one?.containers ?? []).map(({ image }) => image), ...(rollouts ?? []).map(({ image }) => image));
  add("workload", service?.name, one?.name);
  add("container", ...(one?.containers ?? []).map(({ name }) => name));
  add("config-map", ...(one?.containers ?? []).flatMap(({ configMaps }) => configMaps));
  add(
    "autoscaler",
    autoscaler?.target?.name,
    ...(autoscaler?.orphaned ?? []).flatMap(({ name, target }) => [name, target]),
  );
  add("workload", ...(facts.behind ?? []).map((one) => one.service?.name ?? one.name));
  add("namespace", ...(facts.behind ?? []).map((one) => one.service?.namespace).filter((name) => name !== "default"));
  // "default" is every cluster's namespace, and a word of the prose.
  add("namespace", ...[service?.namespace, one?.namespace].filter((name) => name !== "default"));
}

/** "2026-06-26-k8s-api-…-0123abcd" → "2026-06-26-0123abcd": the day and the hash say which, the name between is hidden. */
function idOf(id: string): string {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(id) ?? ["session"];
  const [hash] = /[0-9a-f]{8}$/.exec(id) ?? ["redacted"];
  return `${day}-${hash}`;
}

function deepAs<T>(value: T, replace: (text: string) => string): T {
  return deep(value, replace) as T;
}

/** Every string of a value; keys are those of lbdoctor's own types. */
function deep(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((one) => deep(one, replace));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner, replace)]));
}
