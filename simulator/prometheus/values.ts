import type { Labels } from "./scrape.ts";

/** What an expression gives at one moment. */
export type Value =
  | { readonly type: "scalar"; readonly value: number }
  | { readonly type: "vector"; readonly lines: readonly Line[] };

export interface Line {
  readonly labels: Labels;
  readonly value: number;
}

/** What the API answers where a query is wrong or beyond what is simulated. */
export class PromqlError extends Error {}

/** The same label set, whatever the order, as one string. Label sets are shared between moments, so it is worth keeping. */
export function keyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const made = Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`)
    .join(",");
  keys.set(labels, made);
  return made;
}
const keys = new WeakMap<Labels, string>();

/** Makes label sets from label sets, each only once, so that keyOf stays fast. */
export function relabel(make: (labels: Labels) => Labels): (labels: Labels) => Labels {
  const made = new WeakMap<Labels, Labels>();
  return (labels) => {
    const known = made.get(labels);
    if (known) return known;
    const fresh = make(labels);
    made.set(labels, fresh);
    return fresh;
  };
}

export const withoutName = relabel((labels) => without(labels, ["__name__"]));

export function only(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
}

export function without(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

const ARITHMETIC: { readonly [operator: string]: (left: number, right: number) => number } = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": (left, right) => left ** right,
};
const COMPARISON: { readonly [operator: string]: (left: number, right: number) => boolean } = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  ">": (left, right) => left > right,
  "<": (left, right) => left < right,
  ">=": (left, right) => left >= right,
  "<=": (left, right) => left <= right,
};

export interface Binary {
  readonly operator: string;
  readonly bool: boolean;
  /** Labels to match on; null: all. */
  readonly on: readonly string[] | null;
  readonly ignoring: readonly string[];
  /** The side that may have several lines for one of the other; null: one to one. */
  readonly many: "left" | "right" | null;
  /** Labels that the lines of the many take over from the one. */
  readonly include: readonly string[];
}

/** Left and right of a binary operator, one to one. */
export function combine(left: Value, right: Value, binary: Binary, match: (labels: Labels) => Labels): Value {
  const calculate = ARITHMETIC[binary.operator];
  const compare = COMPARISON[binary.operator];
  // Null: the comparison filters this line out.
  const apply = (a: number, b: number, kept: number): number | null => {
    if (calculate) return calculate(a, b);
    if (!compare) throw new PromqlError(`operator ${binary.operator} is not simulated`);
    return binary.bool ? Number(compare(a, b)) : compare(a, b) ? kept : null;
  };
  const labels = (line: Line) => (calculate || binary.bool ? withoutName(line.labels) : line.labels);
  if (left.type === "scalar" && right.type === "scalar") {
    if (compare && !binary.bool) throw new PromqlError("comparisons between scalars must use BOOL modifier");
    return { type: "scalar", value: apply(left.value, right.value, left.value) ?? 0 };
  }
  const lines: Line[] = [];
  if (SET_OPERATORS.includes(binary.operator)) return combineSets(left, right, binary.operator, match);
  if (left.type === "vector" && right.type === "vector" && binary.many) {
    const [many, one] = binary.many === "left" ? [left, right] : [right, left];
    const partners = new Map(one.lines.map((line) => [keyOf(match(line.labels)), line]));
    for (const line of many.lines) {
      const partner = partners.get(keyOf(match(line.labels)));
      if (!partner) continue;
      const [a, b] = binary.many === "left" ? [line.value, partner.value] : [partner.value, line.value];
      const value = apply(a, b, line.value);
      const taken = Object.fromEntries(binary.include.map((name) => [name, partner.labels[name] ?? ""]));
      if (value !== null) lines.push({ labels: { ...labels(line), ...taken }, value });
    }
  } else if (left.type === "vector" && right.type === "vector") {
    const partners = new Map<string, Line>();
    for (const line of right.lines) {
      const key = keyOf(match(line.labels));
      if (partners.has(key))
        throw new PromqlError("found duplicate series for the match group on the right hand-side of the operation");
      partners.set(key, line);
    }
    const used = new Set<string>();
    for (const line of left.lines) {
      const matched = match(line.labels);
      const key = keyOf(matched);
      const partner = partners.get(key);
      if (!partner) continue;
      if (used.has(key))
        throw new PromqlError(
          "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
        );
      used.add(key);
      const value = apply(line.value, partner.value, line.value);
      if (value !== null) lines.push({ labels: compare && !binary.bool ? line.labels : matched, value });
    }
  } else if (left.type === "vector" && right.type === "scalar") {
    for (const line of left.lines) {
      const value = apply(line.value, right.value, line.value);
      if (value !== null) lines.push({ labels: labels(line), value });
    }
  } else if (left.type === "scalar" && right.type === "vector") {
    for (const line of right.lines) {
      const value = apply(left.value, line.value, line.value);
      if (value !== null) lines.push({ labels: labels(line), value });
    }
  }
  return { type: "vector", lines };
}

const SET_OPERATORS: readonly string[] = ["and", "or", "unless"];

/** Set operators: whole lines stay or go. */
function combineSets(left: Value, right: Value, operator: string, match: (labels: Labels) => Labels): Value {
  if (left.type !== "vector" || right.type !== "vector")
    throw new PromqlError(`set operator "${operator}" not allowed in binary scalar expression`);
  const keysOf = (lines: readonly Line[]) => new Set(lines.map((line) => keyOf(match(line.labels))));
  const ours = keysOf(left.lines);
  const theirs = keysOf(right.lines);
  if (operator === "or")
    return {
      type: "vector",
      lines: [...left.lines, ...right.lines.filter((line) => !ours.has(keyOf(match(line.labels))))],
    };
  const wanted = operator === "and";
  return { type: "vector", lines: left.lines.filter((line) => theirs.has(keyOf(match(line.labels))) === wanted) };
}

const FOLDS: { readonly [name: string]: (values: readonly number[]) => number } = {
  sum: (values) => values.reduce((all, one) => all + one, 0),
  avg: (values) => values.reduce((all, one) => all + one, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  count: (values) => values.length,
  group: () => 1,
  stdvar: (values) => variance(values),
  stddev: (values) => Math.sqrt(variance(values)),
};

function variance(values: readonly number[]): number {
  const middle = values.reduce((all, one) => all + one, 0) / values.length;
  return values.reduce((all, one) => all + (one - middle) ** 2, 0) / values.length;
}

/** Between the ranks, as Prometheus interpolates. */
function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.max(0, Math.floor(rank))] ?? Number.NaN;
  const above = sorted[Math.min(sorted.length - 1, Math.ceil(rank))] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** An aggregation; `group` gives the label set that a line falls under. `parameter`: k, or the quantile. */
export function aggregate(name: string, value: Value, group: (labels: Labels) => Labels, parameter?: Value): Value {
  const number = parameter?.type === "scalar" ? parameter.value : Number.NaN;
  if (name === "topk" || name === "bottomk") return topOf(value, group, number, name === "topk");
  const fold = name === "quantile" ? (values: readonly number[]) => quantileOf(values, number) : FOLDS[name];
  if (!fold) throw new PromqlError(`aggregation ${name} is not simulated`);
  if (value.type !== "vector")
    throw new PromqlError("expected type instant vector in aggregation expression, got scalar");
  const groups = new Map<string, { labels: Labels; values: number[] }>();
  for (const line of value.lines) {
    const labels = group(line.labels);
    const key = keyOf(labels);
    const known = groups.get(key);
    if (known) known.values.push(line.value);
    else groups.set(key, { labels, values: [line.value] });
  }
  return { type: "vector", lines: [...groups.values()].map(({ labels, values }) => ({ labels, value: fold(values) })) };
}

/** The `count` highest (or lowest) lines of each group, as they are. */
function topOf(value: Value, group: (labels: Labels) => Labels, count: number, highest: boolean): Value {
  if (value.type !== "vector")
    throw new PromqlError("expected type instant vector in aggregation expression, got scalar");
  const taken = new Map<string, number>();
  const sorted = [...value.lines].sort((a, b) => (highest ? b.value - a.value : a.value - b.value));
  const kept = sorted.filter((line) => {
    const key = keyOf(group(line.labels));
    taken.set(key, (taken.get(key) ?? 0) + 1);
    return (taken.get(key) ?? 0) <= count;
  });
  return { type: "vector", lines: kept };
}
