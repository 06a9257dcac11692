import { type Expression, parseExpression, Unreadable } from "./parse.ts";

/** A query of an alarm or of GetMetricData, as far as metric math looks at it. */
export interface MathQuery {
  readonly Id: string;
  readonly Expression?: string | undefined;
}

/**
 * What a value of an expression can be, from its text: `IF(n > 200, m, 0)` is m or 0, `100 * e / r` a ratio,
 * `MAX([a, b])` a or b. What is not one of these is `other`: only its values can be told.
 */
export type Outcome =
  | { readonly kind: "metric"; readonly id: string; readonly factor: number }
  | { readonly kind: "ratio"; readonly over: string; readonly under: string; readonly factor: number }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "other" };

/** An expression that could be read. */
export interface ReadExpression {
  /** With the expressions that it names put in their places: its ids are those of metrics. */
  readonly expression: Expression;
  /** The ids of the metrics that it reads, each once, in the order in which they stand there. */
  readonly reads: readonly string[];
  /** What its value can be, each once. */
  readonly outcomes: readonly Outcome[];
}

/** Expressions name expressions; nobody stacks more of them, and a circle never ends. */
const DEEPEST = 10;

/** Reads the expression of a query among its fellows; `unreadable` says in a few words why it cannot be. */
export function readExpression(
  queries: readonly MathQuery[],
  judged: string,
): ReadExpression | { readonly unreadable: string } {
  try {
    const expression = inlined({ kind: "id", id: judged }, queries, 0);
    const outcomes = distinct(outcomesOf(expression, queries));
    return { expression, reads: [...new Set(readsOf(expression, queries))], outcomes };
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.message };
    throw error;
  }
}

function inlined(expression: Expression, queries: readonly MathQuery[], depth: number): Expression {
  if (depth > DEEPEST) throw new Unreadable("its expressions name each other in a circle");
  const inside = (one: Expression) => inlined(one, queries, depth);
  switch (expression.kind) {
    case "id": {
      const query = queries.find(({ Id }) => Id === expression.id);
      // REPEAT and LINEAR of FILL, and what the values will not know either.
      if (query?.Expression === undefined) return expression;
      return inlined(parseExpression(query.Expression), queries, depth + 1);
    }
    case "list":
      return { ...expression, items: expression.items.map(inside) };
    case "call":
      return { ...expression, args: expression.args.map(inside) };
    case "minus":
      return { ...expression, of: inside(expression.of) };
    case "pair":
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    default:
      return expression;
  }
}

function readsOf(expression: Expression, queries: readonly MathQuery[]): string[] {
  switch (expression.kind) {
    case "id":
      return isMetric(expression.id, queries) ? [expression.id] : [];
    case "list":
      return expression.items.flatMap((one) => readsOf(one, queries));
    case "call":
      if (expression.name === "METRICS") return named(expression.args[0], queries);
      return expression.args.flatMap((one) => readsOf(one, queries));
    case "minus":
      return readsOf(expression.of, queries);
    case "pair":
      return [...readsOf(expression.left, queries), ...readsOf(expression.right, queries)];
    default:
      return [];
  }
}

function isMetric(id: string, queries: readonly MathQuery[]): boolean {
  return queries.some((query) => query.Id === id && query.Expression === undefined);
}

/** METRICS() is every metric of the request, METRICS("x") those with x in their id. */
function named(part: Expression | undefined, queries: readonly MathQuery[]): string[] {
  const wanted = part?.kind === "text" ? part.value : "";
  return queries.flatMap(({ Id, Expression }) => (Expression === undefined && Id.includes(wanted) ? [Id] : []));
}

const OTHER: Outcome = { kind: "other" };

function outcomesOf(expression: Expression, queries: readonly MathQuery[]): Outcome[] {
  const of = (one: Expression | undefined) => (one ? outcomesOf(one, queries) : []);
  switch (expression.kind) {
    case "number":
      return [{ kind: "constant", value: expression.value }];
    case "id":
      return [isMetric(expression.id, queries) ? { kind: "metric", id: expression.id, factor: 1 } : OTHER];
    case "minus":
      return of(expression.of).map((one) => scaled(one, -1));
    case "pair":
      return of(expression.left).flatMap((left) =>
        of(expression.right).map((right) => paired(expression.sign, left, right)),
      );
    case "call": {
      const [first, second, third] = expression.args;
      switch (expression.name) {
        case "IF":
          return [...of(second), ...of(third)];
        case "FILL":
          // REPEAT and LINEAR put nothing there that was not a value before.
          return [...of(first), ...(second?.kind === "id" && !isMetric(second.id, queries) ? [] : of(second))];
        case "MAX":
        case "MIN":
          return expression.args.flatMap((arg) => members(arg, queries)).flatMap(of);
        default:
          return [OTHER];
      }
    }
    default:
      return [OTHER];
  }
}

/** The lines of a list. */
function members(list: Expression, queries: readonly MathQuery[]): readonly Expression[] {
  if (list.kind === "list") return list.items.flatMap((item) => members(item, queries));
  if (list.kind !== "call") return [list];
  if (list.name === "METRICS") return named(list.args[0], queries).map((id) => ({ kind: "id", id }));
  const [first] = list.args;
  return first && list.name === "REMOVE_EMPTY" ? members(first, queries) : [list];
}

function paired(sign: string, left: Outcome, right: Outcome): Outcome {
  if (left.kind === "constant" && right.kind === "constant") {
    const value = computed(sign, left.value, right.value);
    return value === null ? OTHER : { kind: "constant", value };
  }
  if (sign === "*" && right.kind === "constant") return scaled(left, right.value);
  if (sign === "*" && left.kind === "constant") return scaled(right, left.value);
  if (sign === "/" && right.kind === "constant" && right.value !== 0) return scaled(left, 1 / right.value);
  if (sign === "/" && left.kind === "metric" && right.kind === "metric" && left.id !== right.id)
    return { kind: "ratio", over: left.id, under: right.id, factor: left.factor / right.factor };
  return OTHER;
}

function computed(sign: string, a: number, b: number): number | null {
  if (sign === "+") return a + b;
  if (sign === "-") return a - b;
  if (sign === "*") return a * b;
  return sign === "/" && b !== 0 ? a / b : null;
}

function scaled(one: Outcome, factor: number): Outcome {
  if (one.kind === "constant") return { ...one, value: one.value * factor };
  return one.kind === "other" ? one : { ...one, factor: one.factor * factor };
}

function distinct(outcomes: readonly Outcome[]): Outcome[] {
  return [...new Map(outcomes.map((one) => [JSON.stringify(one), one])).values()];
}
