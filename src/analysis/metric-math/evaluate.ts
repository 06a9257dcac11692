import type { Series } from "../../model/time.ts";
import { sum } from "../series.ts";
import { type Expression, type Sign, Unreadable } from "./parse.ts";

/** One value for every period, a line of them (null: no datapoint), or a list of lines. */
type Value = number | Line | readonly Line[];
type Line = Series;

/** The metrics beneath an expression by the ids of their queries, all on one grid. */
export type MetricsById = ReadonlyMap<string, Series>;

/**
 * The values of an expression from those of its metrics. A period without a datapoint in one of two operands, or divided
 * by zero, has no value; of a list a function takes what is there. Throws an Unreadable for a function that is not known
 * here, and for one that makes one number of the whole range that is read: an alarm reads another range. Semantics:
 * CloudWatch User Guide, "Metric math syntax and functions"; where the guide is silent, compare with CloudWatch's own values
 * (`agrees`) before anything rests on it.
 */
export function evaluateExpression(expression: Expression, metrics: MetricsById): Series {
  const [grid] = metrics.values();
  if (!grid) throw new Unreadable("it reads no metric");
  for (const { start, step, values } of metrics.values())
    if (start !== grid.start || step !== grid.step || values.length !== grid.values.length)
      throw new RangeError("the metrics of an expression must be on one grid");
  const found = new Evaluation(grid, metrics).of(expression);
  if (Array.isArray(found)) throw new Unreadable("its value is a list of series");
  return typeof found === "number" ? constant(grid, found) : (found as Line);
}

class Evaluation {
  readonly #grid: Line;
  readonly #metrics: MetricsById;

  constructor(grid: Line, metrics: MetricsById) {
    this.#grid = grid;
    this.#metrics = metrics;
  }

  of(expression: Expression): Value {
    switch (expression.kind) {
      case "number":
        return expression.value;
      case "text":
        throw new Unreadable(`"${expression.value}" is not a value`);
      case "id":
        return this.#metric(expression.id);
      case "list":
        return expression.items.flatMap((item) => this.#lines(item));
      case "minus":
        return this.#each([this.of(expression.of)], ([a = 0]) => -a);
      case "pair":
        return this.#each([this.of(expression.left), this.of(expression.right)], ([a = 0, b = 0]) =>
          pair(expression.sign, a, b),
        );
      case "call":
        return this.#call(expression.name, expression.args);
    }
  }

  #metric(id: string): Line {
    const line = this.#metrics.get(id);
    if (!line) throw new Unreadable(`there is no query ${id}`);
    return line;
  }

  /** A list of lines; a number is a line of it. */
  #lines(expression: Expression): readonly Line[] {
    const value = this.of(expression);
    return Array.isArray(value) ? value : [this.#line(value as number | Line)];
  }

  #line(value: number | Line): Line {
    return typeof value === "number" ? constant(this.#grid, value) : value;
  }

  /** Period by period; of a list line by line. A period without one of the values has none. */
  #each(values: readonly Value[], compute: (values: readonly number[]) => number | null): Value {
    const list = values.find((value): value is readonly Line[] => Array.isArray(value));
    if (list)
      return list.map((_, index) => {
        const own = values.map((value) => (Array.isArray(value) ? ((value as readonly Line[])[index] ?? 0) : value));
        return this.#line(this.#each(own, compute) as number | Line);
      });
    const lines = values.map((value) => this.#line(value as number | Line));
    return this.#by((index) => {
      const here = lines.map((line) => line.values[index] ?? null);
      return here.includes(null) ? null : compute(here as number[]);
    });
  }

  #by(valueAt: (index: number) => number | null): Line {
    const values = this.#grid.values.map((_, index) => {
      const value = valueAt(index);
      return value === null || !Number.isFinite(value) ? null : value;
    });
    return { ...this.#grid, values };
  }

  #call(name: string, args: readonly Expression[]): Value {
    const [first, second, third] = args;
    if (name === "METRICS") return this.#metricsNamed(first);
    if (!first) throw new Unreadable(`${name} has no arguments`);
    if (name === "IF") return this.#choice(first, second, third);
    if (name === "FILL" && second) return this.#fill(this.of(first), second);
    if (name === "TIME_SERIES") return this.#lines(first)[0] ?? constant(this.#grid, 0);
    if (name === "PERIOD") return this.#grid.step;
    if (name === "REMOVE_EMPTY") return this.#lines(first).filter(({ values }) => values.some((one) => one !== null));
    const single = SINGLE.get(name);
    if (single) return this.#each([this.of(first)], ([a = 0]) => single(a));
    const joint = JOINT.get(name);
    if (joint) return this.#joint(name, args, joint);
    throw new Unreadable(`the function ${name} is not known here`);
  }

  #metricsNamed(part: Expression | undefined): readonly Line[] {
    const wanted = part?.kind === "text" ? part.value : "";
    return [...this.#metrics].filter(([id]) => id.includes(wanted)).map(([, line]) => line);
  }

  #choice(condition: Expression, then: Expression | undefined, otherwise: Expression | undefined): Value {
    if (!then) throw new Unreadable("IF has no second argument");
    const asked = this.of(condition);
    const [yes, no] = [this.of(then), otherwise ? this.of(otherwise) : null];
    if ([asked, yes, no].some(Array.isArray)) throw new Unreadable("IF over a list of series is not known here");
    const lines = [asked, yes].map((value) => this.#line(value as number | Line));
    const [holds, chosen] = lines;
    const other = no === null ? null : this.#line(no as number | Line);
    return this.#by((index) => {
      const here = holds?.values[index] ?? null;
      // What is not known does not hold: which of the two CloudWatch takes the guide does not say.
      if (here === null) return null;
      return (here !== 0 ? chosen : other)?.values[index] ?? null;
    });
  }

  #fill(value: Value, by: Expression): Value {
    if (Array.isArray(value)) return value.map((line: Line) => this.#line(this.#fill(line, by) as number | Line));
    const { values } = this.#line(value as number | Line);
    const word = by.kind === "id" ? by.id.toUpperCase() : "";
    if (word === "LINEAR") return this.#by((index) => between(values, index));
    if (word === "REPEAT") return this.#by((index) => values[lastBefore(values, index)] ?? null);
    const filling = this.of(by);
    if (Array.isArray(filling)) throw new Unreadable("FILL by a list of series is not known here");
    const line = this.#line(filling as number | Line);
    return this.#by((index) => values[index] ?? line.values[index] ?? null);
  }

  /** MAX([a, b]) is a line; MAX(a) is one number of the whole range, which is another for an alarm. */
  #joint(name: string, args: readonly Expression[], join: (values: readonly number[]) => number): Line {
    const [only] = args;
    const value = only && args.length === 1 ? this.of(only) : null;
    if (value !== null && !Array.isArray(value))
      throw new Unreadable(`${name} of one series is one number of the whole range`);
    const lines = args.flatMap((arg) => this.#lines(arg));
    return this.#by((index) => {
      const here = lines.flatMap((line) => line.values[index] ?? []);
      return here.length === 0 ? null : join(here);
    });
  }
}

function constant(grid: Line, value: number): Line {
  return { ...grid, values: grid.values.map(() => value) };
}

const SINGLE = new Map<string, (value: number) => number>([
  ["ABS", Math.abs],
  ["CEIL", Math.ceil],
  ["FLOOR", Math.floor],
  ["LOG", Math.log],
  ["LOG10", Math.log10],
]);

const JOINT = new Map<string, (values: readonly number[]) => number>([
  ["MAX", (values) => Math.max(...values)],
  ["MIN", (values) => Math.min(...values)],
  ["SUM", sum],
  ["AVG", (values) => sum(values) / values.length],
]);

/** Comparisons give 1 or 0. Divided by zero is no value. */
function pair(sign: Sign, a: number, b: number): number | null {
  switch (sign) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? null : a / b;
    case "^":
      return a ** b;
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case "<":
      return Number(a < b);
    case "<=":
      return Number(a <= b);
    case ">":
      return Number(a > b);
    case ">=":
      return Number(a >= b);
    case "AND":
      return Number(a !== 0 && b !== 0);
    case "OR":
      return Number(a !== 0 || b !== 0);
  }
}

function lastBefore(values: Line["values"], index: number): number {
  let at = index;
  while (at >= 0 && values[at] === null) at -= 1;
  return at;
}

/** On the straight line between the neighbours that are there; none outside them. */
function between(values: Line["values"], index: number): number | null {
  const before = lastBefore(values, index);
  let after = index;
  while (after < values.length && values[after] === null) after += 1;
  const [low, high] = [values[before] ?? null, values[after] ?? null];
  if (low === null || high === null) return null;
  return after === before ? low : low + ((high - low) * (index - before)) / (after - before);
}

/** CloudWatch computes with the same datapoints; only rounding on the way may tell them apart. */
const SAME = 1e-6;

/** Whether two series say the same wherever both have a value; null where there is no such period to tell it by. */
export function agrees(one: Series, other: Series): boolean | null {
  let seen = false;
  for (const [index, a] of one.values.entries()) {
    const at = one.start + index * one.step;
    const b = other.values[Math.floor((at - other.start) / other.step)] ?? null;
    if (a === null || b === null) continue;
    if (!isSame(a, b)) return false;
    seen = true;
  }
  return seen ? true : null;
}

export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}
